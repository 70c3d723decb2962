import { en } from './en.ts';
import { speak } from './translate.ts';

speak('en', en);
