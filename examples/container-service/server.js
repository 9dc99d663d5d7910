// A small HTTP service: `/` greets, `/health` answers the health check of the load balancer.
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
  // Amazon ECS stops a task with SIGTERM, and kills it 30 seconds later.
  process.on('SIGTERM', () => server.close());
}
