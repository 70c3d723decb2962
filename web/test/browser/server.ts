/** The server under test: the one that `WIJKZICHT_URL` names, else the stand-in. */
export default async function setup(): Promise<() => void> {
  if (process.env.WIJKZICHT_URL) return () => {};
  // @ts-expect-error plain JavaScript without types
  const { startMock } = await import('../mock/server.mjs');
  const mock = await startMock();
  process.env.WIJKZICHT_URL = mock.address;
  return () => mock.close();
}
