const assert = require('node:assert/strict');
const { after, before, test } = require('node:test');
const { makeServer } = require('./server');

const server = makeServer();
let address;

before(
  () =>
    new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        address = `http://127.0.0.1:${server.address().port}`;
        resolve();
      });
    }),
);

after(() => server.close());

test('it greets', async () => {
  const response = await fetch(`${address}/`);
  assert.equal(response.status, 200);
  assert.match(await response.text(), /Hello/);
});

test('is healthy', async () => assert.equal((await fetch(`${address}/health?deep=1`)).status, 200));

test('returns 404 for other paths', async () => assert.equal((await fetch(`${address}/admin`)).status, 404));
