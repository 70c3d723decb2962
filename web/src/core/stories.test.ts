import { describe, expect, it } from 'vitest';
import { config } from './fixture.ts';
import { hasStories, isMarking, readMarking } from './pillar.ts';
import { byArea, groups, hostOf, period, type Story, spans, wanted } from './stories.ts';
import { shapeOf } from './story-shape.ts';

const story = (id: string, van: number, tot: number | null, more: Partial<Story> = {}): Story => ({
  id,
  code: 'BU00010001',
  naam: 'Centrum',
  niveau: 'buurten',
  indeling: 2024,
  gemeente: { code: 'GM0001', naam: 'Ergens' },
  van,
  tot,
  pijler: 'fysiek',
  pijlerNaam: { nl: 'Fysiek', en: 'Physical' },
  titel: id,
  tekst: '',
  bron: '',
  licentie: '',
  link: null,
  plek: [5, 52],
  ...more,
});

describe('a period', () => {
  it('is a year, two, or goes on', () => {
    expect(period({ van: 2016, tot: 2022 }, 'sinds')).toBe('2016–2022');
    expect(period({ van: 2016, tot: 2016 }, 'sinds')).toBe('2016');
    expect(period({ van: 2019, tot: null }, 'since')).toBe('since 2019');
  });
});

describe('what is marked', () => {
  const list = [
    story('a', 2010, 2014),
    story('b', 2014, null, { pijler: 'sociale-basis' }),
    story('c', 2018, 2018),
  ];
  const ids = (found: Story[]) => found.map(({ id }) => id).join('');
  it('is of a pillar, and of a year with both its ends', () => {
    expect(ids(wanted(list, 'aan', null))).toBe('abc');
    expect(ids(wanted(list, 'fysiek', null))).toBe('ac');
    expect(ids(wanted(list, 'aan', 2014))).toBe('ab');
    expect(ids(wanted(list, 'aan', 2018))).toBe('bc');
    expect(ids(wanted(list, 'fysiek', 2015))).toBe('');
  });
  it('is asked for in words that there are, where a server tells', () => {
    const told = { ...config, verhalen: true };
    expect(readMarking({ verhalen: 'fysiek', lopend: 'ja' }, told)).toEqual({
      verhalen: 'fysiek',
      lopend: 'ja',
    });
    expect(readMarking({ verhalen: 'aan', lopend: 'nee' }, told).lopend).toBeNull();
    expect(readMarking({ lopend: 'ja' }, told)).toEqual({ verhalen: null, lopend: null });
    expect(readMarking({ verhalen: 'uit' }, told).verhalen).toBeNull();
    expect(readMarking({ verhalen: 'aan' }, config).verhalen).toBeNull();
    expect(hasStories({ ...told, statisch: true })).toBe(false);
    expect(isMarking(undefined)).toBe(false);
  });
});

describe('marks', () => {
  const flat = ([lon, lat]: [number, number]) => ({ x: lon * 10, y: lat * 10 });
  const list = [
    story('a', 2010, 2012),
    story('b', 2011, 2012),
    story('c', 2012, 2013, { code: 'BU00010002', plek: [5.5, 52], pijler: 'sociale-basis' }),
    story('d', 2013, 2014, { code: 'BU00010003', plek: [9, 52] }),
    story('e', 2013, 2014, { code: 'BU00010004', plek: null }),
  ];
  it('are one for each area, and for areas that would cover each other', () => {
    const told = (least: number) =>
      groups(list, least, flat).map(({ stories, areas, pillar }) => [
        stories.map(({ id }) => id).join(''),
        areas,
        pillar,
      ]);
    expect(told(1)).toEqual([
      ['ab', 1, 'fysiek'],
      ['c', 1, 'sociale-basis'],
      ['d', 1, 'fysiek'],
    ]);
    expect(told(10)).toEqual([
      ['abc', 2, null],
      ['d', 1, 'fysiek'],
    ]);
  });
  it('leave no area out of the list', () => {
    expect([...byArea(list).keys()]).toHaveLength(4);
  });
  it('have a shape and a letter for each pillar', () => {
    const all = ['sociale-basis', 'sociale-stijging', 'sociale-herovering', 'fysiek'].map(shapeOf);
    expect(new Set(all.map(({ letter }) => letter)).size).toBe(4);
    expect(new Set([...all, shapeOf(null)].map(({ path }) => path)).size).toBe(5);
    expect(shapeOf('toString')).toEqual(shapeOf(null));
  });
});

describe('periods along a line of 2010 to 2020', () => {
  const told = (...list: Story[]) => spans(list, 2010, 2020, 100);
  it('lie where their years lie', () => {
    expect(told(story('a', 2012, 2016))).toMatchObject([
      { number: 1, lane: 0, left: 20, right: 60, isEarlier: false, isLater: false },
    ]);
  });
  it('are cut off at both ends, which is said', () => {
    expect(told(story('a', 2002, null))).toMatchObject([
      { left: 0, right: 100, isEarlier: true, isLater: true },
    ]);
    expect(told(story('a', 2015, null))).toMatchObject([{ right: 100, isLater: true }]);
    expect(told(story('a', 2015, 2020))).toMatchObject([{ right: 100, isLater: false }]);
  });
  it('keep the numbers of the list where others fall out', () => {
    const found = told(story('a', 2002, 2009), story('b', 2012, 2013), story('c', 2021, null));
    expect(found.map(({ number, story: { id } }) => `${number}${id}`)).toEqual(['2b']);
  });
  it('share a lane only where both have room', () => {
    const found = told(
      story('a', 2010, 2013),
      story('b', 2012, 2014),
      story('c', 2015, 2018),
      story('d', 2018, 2018),
    );
    expect(found.map(({ lane }) => lane)).toEqual([0, 1, 0, 1]);
  });
});

describe('a link', () => {
  it('is one of the web, and says where it goes', () => {
    expect(hostOf('https://www.voorbeeld.nl/a?b')).toBe('voorbeeld.nl');
    expect(hostOf('javascript:alert(1)')).toBeNull();
    expect(hostOf('data:text/html,x')).toBeNull();
    expect(hostOf('voorbeeld.nl')).toBeNull();
    expect(hostOf(null)).toBeNull();
  });
});
