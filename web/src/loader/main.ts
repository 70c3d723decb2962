import { WijkKaart } from './wijk-kaart.ts';

// A page may have the script twice, and a browser may be too old for it: then the pictures stay.
if (!customElements.get('wijk-kaart') && 'adoptedStyleSheets' in Document.prototype)
  customElements.define('wijk-kaart', WijkKaart);
