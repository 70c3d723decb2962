/** All that the planner says, in both languages. */
import { en } from './en.ts';
import { nl } from './nl.ts';
import { plannerEn } from './planner-en.ts';
import { plannerNl } from './planner-nl.ts';
import { speak } from './translate.ts';

speak('nl', { ...nl, ...plannerNl });
speak('en', { ...en, ...plannerEn });
