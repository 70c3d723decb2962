/** Questions to the figures: which there are, and how one is asked about what the map shows. */

import type { Words } from './api.ts';
import { addressOf, type Query } from './client.ts';
import type { View } from './state.ts';

/** A question that the server answers, and the parameters that it takes. */
export interface Question {
  id: string;
  vraag: Words;
  parameters: string[];
}

/** What the map shows, as far as the question takes it. */
export function askedOf(question: Question, view: View): Query {
  const isOfTopic = question.parameters.includes('indicator');
  const all: Query = {
    indicator: view.indicator,
    niveau: view.niveau,
    // Of several topics the newest year that they share.
    jaar: isOfTopic ? view.jaar : null,
    binnen: view.selectie ? null : view.binnen,
    codes: view.selectie,
    gebied: view.gebied,
    sinds: view.sinds,
    taal: view.taal === 'en' ? 'en' : null,
  };
  const takes = ([name]: [string, unknown]) => question.parameters.includes(name);
  return Object.fromEntries(Object.entries(all).filter(takes));
}

/** The page with the whole answer. */
export const answerAddress = (question: Question, view: View): string =>
  addressOf(`/analyse/${question.id}`, askedOf(question, view));
