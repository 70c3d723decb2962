/** What a frame may tell the page that it is on; anything else is as if it was not said. */
export type Message =
  | { type: 'hello' }
  | { type: 'ready' }
  | { type: 'height'; height: number }
  | { type: 'select'; code: string; naam: string };

export function readMessage(data: unknown): Message | null {
  if (typeof data !== 'object' || data === null) return null;
  const { wk, type, height, code, naam } = data as Record<string, unknown>;
  if (wk !== 1) return null;
  if (type === 'hello' || type === 'ready') return { type };
  if (type === 'height' && typeof height === 'number' && Number.isFinite(height))
    return { type, height };
  const isArea = typeof code === 'string' && /^(GM|WK|BU)[0-9A-Z]{4,8}$/.test(code);
  if (type === 'select' && isArea && typeof naam === 'string' && naam.length <= 200)
    return { type, code, naam };
  return null;
}
