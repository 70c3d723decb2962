/** What all elements share: plain DOM (one stylesheet, references by id) and the language. */
import { LitElement } from 'lit';
import { type Translate, translator } from '../core/i18n/translate.ts';
import type { Language } from '../core/language.ts';

export class WkElement extends LitElement {
  static override properties: Record<string, object> = { taal: {} };
  declare taal: Language;
  constructor() {
    super();
    this.taal = 'nl';
  }
  protected override createRenderRoot() {
    return this;
  }
  protected get t(): Translate {
    return translator(this.taal);
  }
  protected send<T>(name: string, detail: T): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }
}
