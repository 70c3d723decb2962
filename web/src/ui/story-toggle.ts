/** Whether the map marks approaches. What more there is to choose of them comes once it does. */
import { html, nothing } from 'lit';
import type { Client } from '../core/client.ts';
import type { Translate } from '../core/i18n/translate.ts';
import type { View } from '../core/state.ts';
import type { Shown } from '../planner/shown.ts';

export function storyToggle(
  view: View,
  shown: Shown | null,
  client: Client,
  t: Translate,
  change: (part: Partial<View>) => void,
) {
  const isOn = view.verhalen !== null;
  if (isOn) void import('./stories.ts');
  return html`<div class="telling">
    <label class="check"><input type="checkbox" id="verhalen" .checked=${isOn} @change=${(
      event: Event,
    ) =>
      change({
        verhalen: (event.target as HTMLInputElement).checked ? 'aan' : null,
        lopend: null,
      })} /> ${t('storiesShow')}</label>
    ${isOn ? html`<wk-stories .taal=${view.taal} .view=${view} .shown=${shown} .client=${client}></wk-stories>` : nothing}
  </div>`;
}
