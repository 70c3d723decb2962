/** Explains the keys and how to read the map. */
import { html } from 'lit';
import { WkElement } from './element.ts';

export class WkHelp extends WkElement {
  show(): void {
    const dialog = this.querySelector('dialog');
    if (dialog && !dialog.open) dialog.showModal();
  }

  override render() {
    const { t } = this;
    const row = (key: string, does: string) => html`<div><dt>${key}</dt><dd>${does}</dd></div>`;
    return html`<dialog aria-labelledby="uitleg-titel" @click=${(event: Event) => {
      if (event.target instanceof HTMLDialogElement) event.target.close();
    }}>
      <div class="dialog-body">
        <h2 id="uitleg-titel">${t('helpTitle')}</h2>
        <h3>${t('helpReading')}</h3>
        <p>${t('helpReadingText')}</p>
        <p>${t('helpTable')}</p>
        <h3>${t('helpMap')}</h3>
        <dl class="keys">
          ${row(t('keyArrows'), t('keyArrowsDo'))} ${row(t('keyZoom'), t('keyZoomDo'))}
          ${row(t('keyEnter'), `${t('keyEnterDo')}; ${t('keyEnterAgainDo')}`)}
          ${row(t('keyHomeEnd'), t('keyHomeEndDo'))} ${row(t('keyEscape'), t('keyEscapeDo'))}
        </dl>
        <form method="dialog"><button type="submit">${t('close')}</button></form>
      </div>
    </dialog>`;
  }
}

customElements.define('wk-help', WkHelp);
