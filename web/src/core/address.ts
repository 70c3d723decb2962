/** Reads a postcode, with or without a house number, as people type it. */
export interface PostalAddress {
  postcode: string;
  huisnummer: number | null;
}

/** Null for a text that is no postcode. A letter after the number is left out: the atlas has none. */
export function readAddressText(text: string): PostalAddress | null {
  const match = /^([1-9]\d{3})\s*([a-z]{2})(?:[\s,]*(\d{1,5})\s*[a-z]?(?:[-/\s]\w{1,6})?)?$/i.exec(
    text.trim(),
  );
  if (!match) return null;
  return {
    postcode: `${match[1]}${match[2]!.toUpperCase()}`,
    huisnummer: match[3] ? Number(match[3]) : null,
  };
}
