import '../style/leaflet.css';
import '../style/tokens.css';
import '../style/base.css';
import '../style/legend.css';
import '../style/map.css';
import '../style/silent.css';
import '../style/embed.css';
import { readConfig } from '../core/config.ts';
import { readEmbedding } from '../core/embedding.ts';
import { nameLevels } from '../core/i18n/translate.ts';
import { beginAt } from '../core/root.ts';
import { WkEmbed } from './embed.ts';

const text = document.getElementById('wk-configuratie')?.textContent ?? '';
const config = readConfig(text);
beginAt(config.pad);
nameLevels(config.eigenNiveaus);
const embedding = readEmbedding(text);
if (embedding.wens.taal === 'en') await import('../core/i18n/english.ts');
for (const frame of document.querySelectorAll('wk-embed'))
  if (frame instanceof WkEmbed) frame.start(config, embedding);
