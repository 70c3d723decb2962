import '../style/leaflet.css';
import '../style/tokens.css';
import '../style/base.css';
import '../style/layout.css';
import '../style/side.css';
import '../style/controls.css';
import '../style/search.css';
import '../style/legend.css';
import '../style/range.css';
import '../style/export.css';
import '../style/compare.css';
import '../style/selection.css';
import '../style/multiples.css';
import '../style/topics.css';
import '../style/map.css';
import '../style/swipe.css';
import '../style/panel.css';
import '../style/table.css';
import '../style/page.css';
import '../style/silent.css';
import '../style/foot.css';
import '../style/media.css';
import type { Config } from '../core/api.ts';
import { readConfig } from '../core/config.ts';
import '../core/i18n/planner.ts';
import { nameLevels } from '../core/i18n/translate.ts';
import { beginAt } from '../core/root.ts';
import { WkPlanner } from './planner.ts';
import { serverWays, type Ways } from './ways.ts';

const text = document.getElementById('wk-configuratie')?.textContent ?? '';
const config: Config = readConfig(text);
beginAt(config.pad);
nameLevels(config.eigenNiveaus);
// What a page without a server needs beside, comes with such a page alone.
const ways = config.statisch
  ? import('../site/ways.ts').then(({ siteWays }) => siteWays())
  : serverWays();
const start = (known: Ways) => {
  for (const planner of document.querySelectorAll('wk-planner')) {
    if (planner instanceof WkPlanner) planner.start(config, known);
  }
};
if (ways instanceof Promise) void ways.then(start);
else start(ways);
