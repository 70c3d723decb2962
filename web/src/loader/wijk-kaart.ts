/** `<wijk-kaart>`: a picture on somebody's page, which becomes a map when it comes into sight. */
import { clamped, Height } from './height.ts';
import { readMessage } from './message.ts';
import { readTokens } from './tokens.ts';

/** How long a frame may take to show something, in milliseconds. */
const PATIENCE = 5000;
/** How near the window it is made, in pixels. */
const NEAR = 400;
const SANDBOX =
  'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads';

const TEXTS = {
  nl: ['De kaart laadt niet. U ziet een afbeelding.', 'Probeer opnieuw', 'Kaart'],
  en: ['The map does not load. You see a picture.', 'Try again', 'Map'],
} as const;

// No style element and no style attribute: the policy of a page may refuse these.
const SHEET = `:host{display:block;position:relative}
:host([hidden]){display:none}
div{position:absolute;inset:0;min-height:200px;overflow:hidden;opacity:0;pointer-events:none}
iframe{display:block;width:100%;height:100%;border:0}
.on div{position:static;opacity:1;pointer-events:auto}
.on slot{display:none}
p{margin:8px 0;font:inherit}
p:empty{display:none}
button{min-height:44px;margin-left:8px;padding:0 12px;font:inherit}
@media print{.on div,p{display:none}.on slot{display:contents}}`;

export class WijkKaart extends HTMLElement {
  static observedAttributes = ['src', 'hoogte', 'thema'];
  readonly #page = document.createElement('section');
  readonly #box = document.createElement('div');
  readonly #word = document.createElement('p');
  readonly #eye = new IntersectionObserver(
    (seen) => {
      if (seen.some((one) => one.isIntersecting)) this.#load();
    },
    { rootMargin: `${NEAR}px` },
  );
  readonly #dark = matchMedia('(prefers-color-scheme: dark)');
  #frame: HTMLIFrameElement | null = null;
  #late: ReturnType<typeof setTimeout> | undefined;
  #height = new Height();

  constructor() {
    super();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(SHEET);
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    this.#word.setAttribute('role', 'status');
    this.#page.append(document.createElement('slot'), this.#box, this.#word);
    root.append(this.#page);
  }

  connectedCallback(): void {
    this.#start();
  }
  disconnectedCallback(): void {
    this.#end();
  }
  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now || !this.isConnected) return;
    if (name === 'src') {
      this.#end();
      this.#start();
    } else {
      if (this.#frame) this.#size();
      this.#tell();
    }
  }

  /** Null for what is no address of a page: then all stays as the page has it. */
  get #address(): URL | null {
    try {
      const address = new URL(this.getAttribute('src') ?? '');
      return /^https?:$/.test(address.protocol) ? address : null;
    } catch {
      return null;
    }
  }

  get #texts(): readonly string[] {
    const language = this.closest('[lang]')?.getAttribute('lang') ?? '';
    return TEXTS[/^en\b/i.test(language) ? 'en' : 'nl'];
  }

  #start(): void {
    if (!this.#address) return;
    this.#eye.observe(this);
    this.#dark.addEventListener('change', this.#tell);
    window.addEventListener('message', this.#hear);
  }

  /** Back to what the page has. */
  #end(): void {
    this.#eye.disconnect();
    this.#dark.removeEventListener('change', this.#tell);
    window.removeEventListener('message', this.#hear);
    clearTimeout(this.#late);
    this.#frame?.remove();
    this.#frame = null;
    this.#page.className = '';
    this.#word.replaceChildren();
  }

  #load(): void {
    const address = this.#address;
    this.#eye.disconnect();
    if (!address || this.#frame) return;
    const frame = document.createElement('iframe');
    frame.title =
      this.getAttribute('naam') || this.querySelector('img')?.alt || this.#texts[2] || '';
    frame.referrerPolicy = 'no-referrer';
    frame.loading = 'eager';
    // Not to be reached by the keyboard as long as it is not seen.
    frame.tabIndex = -1;
    frame.setAttribute('sandbox', SANDBOX);
    frame.src = address.href;
    this.#frame = frame;
    this.#height = new Height();
    this.#size();
    this.#box.append(frame);
    this.#late = setTimeout(() => this.#fail(), PATIENCE);
  }

  /** The height that the page asks for, if it asks for one. */
  get #fixed(): number | null {
    const asked = Number(this.getAttribute('hoogte'));
    return asked > 0 && Number.isFinite(asked) ? clamped(asked) : null;
  }

  #size(): void {
    const fixed = this.#fixed;
    this.#frame!.style.height = fixed ? `${fixed}px` : '';
  }

  #fail(): void {
    this.#end();
    const [sentence, again] = this.#texts;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = again ?? '';
    button.onclick = () => {
      this.#end();
      this.#start();
    };
    this.#word.append(sentence ?? '', button);
  }

  #hear = ({ source, origin, data }: MessageEvent): void => {
    const frame = this.#frame;
    if (!frame || source !== frame.contentWindow || origin !== this.#address?.origin) return;
    const message = readMessage(data);
    if (message?.type === 'hello') this.#tell();
    else if (message?.type === 'height' && !this.#fixed) {
      const height = this.#height.take(message.height, performance.now());
      if (height) frame.style.height = `${height}px`;
    } else if (message?.type === 'ready') this.#show(frame);
    else if (message?.type === 'select')
      this.#send('wk-select', { code: message.code, naam: message.naam });
  };

  #show(frame: HTMLIFrameElement): void {
    if (this.#page.className) return;
    clearTimeout(this.#late);
    const isReading = this.contains(document.activeElement);
    if (!frame.style.height) frame.style.height = `${clamped(this.offsetHeight)}px`;
    this.#page.className = 'on';
    frame.removeAttribute('tabindex');
    if (isReading) frame.focus();
    this.#send('wk-ready', null);
  }

  /** What the page looks like, for a frame that asks. */
  #tell = (): void => {
    const address = this.#address;
    if (!this.#frame || !address) return;
    const style = getComputedStyle(this);
    const isOwn = this.getAttribute('thema') === 'geen';
    const [light, dark] = ['light', 'dark'].map((one) => style.colorScheme.includes(one));
    // A page that says nothing of it is light.
    const scheme = dark && (!light || this.#dark.matches) ? 'dark' : 'light';
    const message = {
      wk: 1,
      type: 'host',
      auto: !this.#fixed,
      scheme: isOwn ? null : scheme,
      tokens: isOwn ? {} : readTokens((name) => style.getPropertyValue(name)),
    };
    this.#frame.contentWindow?.postMessage(message, address.origin);
  };

  #send(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }
}
