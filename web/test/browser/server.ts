import { type ChildProcess, spawn } from 'node:child_process';

/**
 * The server under test: the one that `WIJKZICHT_URL` names, else the binary that `WIJKZICHT_BIN`
 * names with its fictional data, else the stand-in.
 */
export default async function setup(): Promise<() => void> {
  const { WIJKZICHT_URL, WIJKZICHT_BIN } = process.env;
  if (WIJKZICHT_URL) return told(WIJKZICHT_URL, 'as named by WIJKZICHT_URL', () => {});
  if (WIJKZICHT_BIN) {
    const { address, stop } = await startBinary(WIJKZICHT_BIN);
    return told(address, `the binary ${WIJKZICHT_BIN}`, stop);
  }
  // @ts-expect-error plain JavaScript without types
  const { startMock } = await import('../mock/server.mjs');
  const mock = await startMock();
  return told(mock.address, 'the stand-in', () => mock.close());
}

function told(address: string, what: string, stop: () => void): () => void {
  process.env.WIJKZICHT_URL = address;
  console.log(`browser tests on ${address}, ${what}`);
  return stop;
}

/** The demo country is made before the server listens. */
const PATIENCE = 120_000;

function startBinary(path: string): Promise<{ address: string; stop: () => void }> {
  const server: ChildProcess = spawn(path, ['serve', '--demo', '--listen', '127.0.0.1:0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    let text = '';
    const fail = (why: string) => {
      clearTimeout(late);
      server.kill();
      reject(new Error(`${path}: ${why}`));
    };
    const late = setTimeout(() => fail('does not listen'), PATIENCE);
    server.once('error', (error) => fail(error.message));
    server.once('exit', (code) => fail(`ended with ${code} before it listened`));
    server.stdout?.on('data', (part: Buffer) => {
      text += part.toString();
      const address = /luistert op (http:\/\/\S+)/.exec(text)?.[1];
      if (!address) return;
      clearTimeout(late);
      server.removeAllListeners('exit');
      resolve({ address: address.replace(/\/$/, ''), stop: () => server.kill() });
    });
  });
}
