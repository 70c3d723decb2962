import { startMock } from './server.mjs';

const mock = await startMock({ port: Number(process.env.PORT ?? 8080) });
console.log(mock.address);
