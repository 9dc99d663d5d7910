// A small HTTP service: `/` greets, `/health` tells the load balancer that it is there.
const { createServer } = require('node:http');

const ANSWERS = { '/': 'Hello from the container', '/health': 'ok' };

const makeServer = () =>
  createServer((request, response) => {
    const answer = ANSWERS[new URL(request.url, 'http://localhost').pathname];
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(answer ?? 'not found');
  });

module.exports = { makeServer };

if (require.main === module) {
  const server = makeServer().listen(Number(process.env.PORT ?? 8080));
  // Amazon ECS asks a task to end by SIGTERM, and ends it half a minute later.
  process.on('SIGTERM', () => server.close());
}
