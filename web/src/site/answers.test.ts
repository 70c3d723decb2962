import { describe, expect, it } from 'vitest';
import { Answers } from './answers.ts';
import { Files } from './files.ts';

describe('a question that no file answers', () => {
  const files = new Files(async (address) => {
    throw new Error(`no file is opened: ${address}`);
  });
  it.each([
    '/v1/gebieden/BU03630001/vergelijkbaar?jaar=2024',
    '/v1/gebieden/GM0363/profiel',
    '/v1/adressen?q=dam',
  ])('is refused as a server refuses: %s', async (address) => {
    const answer = await new Answers(files).fetch(address);
    expect(answer.status).toBe(404);
    expect((await answer.json()).detail).toContain('deze uitgave');
  });
});
