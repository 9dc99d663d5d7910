import type { RequestOptions } from 'node:https';
import { serviceImageFunction } from '../../src/functions';

class Command {
  public constructor(public readonly input: Record<string, unknown>) {}
}
class PutParameterCommand extends Command {}
class DeleteParameterCommand extends Command {}

function named(name: string) {
  return Object.assign(new Error(`${name} of Systems Manager`), { name });
}

const PROPERTIES = { Name: '/shop/image', Placeholder: 'nginx', Description: 'The live image' };

interface Account {
  /** Parameters before the event. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Errors of the next calls. */
  readonly errors?: readonly Error[];
  /** Status code with which CloudFormation responds. */
  readonly status?: number;
}

/** Returns the parameters after an event, the calls, and what CloudFormation receives. */
async function answered(
  event: Record<string, unknown>,
  { parameters: before = {}, errors = [], status = 200 }: Account = {},
) {
  const parameters: Record<string, unknown> = { ...before };
  const calls: Command[] = [];
  const failures = [...errors];
  const sent: Array<{ url: string; options: RequestOptions; body: Record<string, unknown> }> = [];

  class SSMClient {
    public async send(command: Command) {
      calls.push(command);
      const failure = failures.shift();
      if (failure) throw failure;
      const name = String(command.input.Name);
      if (command instanceof DeleteParameterCommand) {
        if (!(name in parameters)) throw named('ParameterNotFound');
        delete parameters[name];
      } else {
        if (name in parameters && command.input.Overwrite !== true) throw named('ParameterAlreadyExists');
        parameters[name] = command.input.Value;
      }
    }
  }

  const https = {
    request: (url: string, options: RequestOptions, respond: (response: unknown) => void) => ({
      on: () => undefined,
      end: (body: string) => {
        sent.push({ url, options, body: JSON.parse(body) });
        respond({ statusCode: status, resume: () => undefined });
      },
    }),
  };
  const modules: Record<string, unknown> = {
    'node:https': https,
    '@aws-sdk/client-ssm': { SSMClient, PutParameterCommand, DeleteParameterCommand },
  };
  const exported: { handler?: (event: unknown) => Promise<void> } = {};
  const run = new Function('require', 'exports', 'process', serviceImageFunction());
  run((name: string) => modules[name], exported, { env: { WAIT_MS: '0' } });
  await exported.handler!({
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'Live',
    ResponseURL: 'https://cloudformation.example/answer',
    ResourceProperties: PROPERTIES,
    ...event,
  });
  expect(sent).toHaveLength(1);
  return { parameters, calls, ...sent[0] };
}

const SUCCESS = {
  Status: 'SUCCESS',
  PhysicalResourceId: '/shop/image',
  StackId: 'stack',
  RequestId: 'request',
  LogicalResourceId: 'Live',
};

test('creates the parameter with the placeholder', async () => {
  const { parameters, calls, body, url, options } = await answered({ RequestType: 'Create' });
  expect(parameters).toEqual({ '/shop/image': 'nginx' });
  expect(calls.map(({ input }) => input)).toEqual([
    { Name: '/shop/image', Value: 'nginx', Description: 'The live image', Type: 'String', Overwrite: false },
  ]);
  expect(body).toEqual(SUCCESS);
  expect(url).toBe('https://cloudformation.example/answer');
  // The signature of the URL covers an empty type.
  expect(options).toMatchObject({ method: 'PUT', headers: { 'content-type': '' } });
});

test.each([
  ['another placeholder', { Placeholder: 'httpd' }],
  ['another description', { Description: 'Other' }],
])('an update with %s writes nothing', async (_, properties) => {
  const event = {
    RequestType: 'Update',
    PhysicalResourceId: '/shop/image',
    ResourceProperties: { ...PROPERTIES, ...properties },
    OldResourceProperties: PROPERTIES,
  };
  const { parameters, calls, body } = await answered(event, { parameters: { '/shop/image': 'shop@sha256:1' } });
  expect(parameters).toEqual({ '/shop/image': 'shop@sha256:1' });
  expect(calls).toEqual([]);
  expect(body).toEqual(SUCCESS);
});

test('deletes the parameter, and accepts that it is gone', async () => {
  const event = { RequestType: 'Delete', PhysicalResourceId: '/shop/image' };
  const first = await answered(event, { parameters: { '/shop/image': 'shop@sha256:1', '/other': 'x' } });
  expect(first.parameters).toEqual({ '/other': 'x' });
  expect(first.body).toEqual(SUCCESS);
  expect((await answered(event)).body).toEqual(SUCCESS);
});

test('a parameter of another owner fails the creation, and survives its rollback', async () => {
  const parameters = { '/shop/image': 'shop@sha256:1' };
  const { body, parameters: after } = await answered({ RequestType: 'Create' }, { parameters });
  expect(body).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('ParameterAlreadyExists') });
  expect(after).toEqual(parameters);
  const { PhysicalResourceId } = body;
  const rollback = await answered({ RequestType: 'Delete', PhysicalResourceId }, { parameters });
  expect(rollback.parameters).toEqual(parameters);
  expect(rollback.body).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId });
});

test('waits until a new permission is effective', async () => {
  const denied = named('AccessDeniedException');
  const { parameters, body } = await answered({ RequestType: 'Create' }, { errors: [denied, denied] });
  expect(parameters).toEqual({ '/shop/image': 'nginx' });
  expect(body).toEqual(SUCCESS);
  const lasting = await answered({ RequestType: 'Create' }, { errors: Array(20).fill(denied) });
  expect(lasting.body).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('AccessDenied') });
});

test('reports the error of a deletion', async () => {
  const event = { RequestType: 'Delete', PhysicalResourceId: '/shop/image' };
  const { body } = await answered(event, { errors: [named('ThrottlingException')] });
  expect(body).toMatchObject({ Status: 'FAILED', PhysicalResourceId: '/shop/image' });
});

test('fails if CloudFormation rejects the response, so that Lambda retries', async () => {
  await expect(answered({ RequestType: 'Create' }, { status: 403 })).rejects.toThrow('rejected the response');
});

test('fits into a template', () => expect(serviceImageFunction().length).toBeLessThanOrEqual(4096));
