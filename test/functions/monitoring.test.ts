import { monitoringFunction } from '../../src/functions';

const NOW = Date.parse('2026-11-26T12:00:00Z');

function ago(seconds: number) {
  return new Date(NOW - seconds * 1000);
}

const RUN = '11111111-2222-3333-4444-555555555555';

class Command {
  public constructor(public readonly input: Record<string, any>) {}
}
class ListPipelineExecutionsCommand extends Command {}
class ListActionExecutionsCommand extends Command {}
class GetParameterCommand extends Command {}
class PutParameterCommand extends Command {}

interface Account {
  readonly runs?: ReadonlyArray<Record<string, unknown>>;
  readonly actions?: Readonly<Record<string, ReadonlyArray<Record<string, unknown>>>>;
  /** Since when environments have failed. */
  readonly state?: Record<string, string>;
  readonly broken?: Error;
}

const ENVIRONMENT = {
  PIPELINE: 'shop',
  STATE: '/state/',
  NAMESPACE: 'Ours',
  APPROVALS: 'true',
  STAGES: JSON.stringify({ production: ['production'], wave: ['eu', 'us'] }),
};

/** The deployed code, in an account. */
function deployed(
  { runs = [], actions = {}, state = {}, broken }: Account,
  env: Readonly<Record<string, string>> = ENVIRONMENT,
) {
  const asked: Command[] = [];
  const lines: string[] = [];
  const parameters: Record<string, string> = { production: 'none', eu: 'none', us: 'none', ...state };
  class Client {
    public async send(command: Command) {
      asked.push(command);
      if (broken) throw broken;
      if (command instanceof ListPipelineExecutionsCommand) return { pipelineExecutionSummaries: runs };
      if (command instanceof ListActionExecutionsCommand) {
        return { actionExecutionDetails: actions[command.input.filter.pipelineExecutionId] ?? [] };
      }
      const name = command.input.Name.replace('/state/', '');
      expect(Object.keys(parameters)).toContain(name);
      if (command instanceof GetParameterCommand) return { Parameter: { Value: parameters[name] } };
      expect(command).toBeInstanceOf(PutParameterCommand);
      expect(command.input.Overwrite).toBe(true);
      parameters[name] = command.input.Value;
      return {};
    }
  }
  class CodePipeline extends Client {
    public listPipelineExecutions = (input: object) => this.send(new ListPipelineExecutionsCommand(input));
    public listActionExecutions = (input: object) => this.send(new ListActionExecutionsCommand(input));
  }
  class SSM extends Client {
    public getParameter = (input: object) => this.send(new GetParameterCommand(input));
    public putParameter = (input: object) => this.send(new PutParameterCommand(input));
  }
  const modules: Record<string, unknown> = {
    '@aws-sdk/client-codepipeline': { CodePipeline },
    '@aws-sdk/client-ssm': { SSM },
  };
  class Clock extends Date {
    public static now = () => NOW;
  }
  const exports: { handler?: (event: unknown) => Promise<void> } = {};
  const runtime = { env, stdout: { write: (line: string) => lines.push(line) } };
  new Function('exports', 'require', 'process', 'Date', monitoringFunction())(
    exports,
    (name: string) => modules[name],
    runtime,
    Clock,
  );
  return { asked, parameters, handler: exports.handler!, log: () => lines.map((line) => JSON.parse(line)) };
}

type Line = Record<string, any>;

/** Returns the metrics of a line after validating its format for CloudWatch. */
function metricsOf({
  _aws: {
    Timestamp,
    CloudWatchMetrics: [
      {
        Namespace,
        Dimensions: [dimensions],
        Metrics,
      },
    ],
  },
  ...values
}: Line) {
  expect([Timestamp, Namespace]).toEqual([NOW, 'Ours']);
  for (const name of dimensions) expect(typeof values[name]).toBe('string');
  const units = Object.fromEntries(Metrics.map(({ Name, Unit }: Line) => [Name, Unit]));
  expect([...dimensions, ...Object.keys(units)].sort()).toEqual(Object.keys(values).sort());
  return { values, units };
}

function event(state: string, detail: object = {}) {
  return {
    source: 'aws.codepipeline',
    time: '2026-11-26T12:00:00Z',
    detail: { pipeline: 'shop', 'execution-id': RUN, state, ...detail },
  };
}

function run(more: object = {}) {
  return { pipelineExecutionId: RUN, status: 'InProgress', executionType: 'STANDARD', startTime: ago(600), ...more };
}

async function told(account: Account, ...events: unknown[]) {
  const function_ = deployed(account);
  for (const one of events) await function_.handler(one);
  return { ...function_, values: function_.log().map((line) => metricsOf(line).values) };
}

test('fits into a template', () => expect(Buffer.byteLength(monitoringFunction())).toBeLessThan(4096));

describe('an execution', () => {
  test('is counted when it starts', async () => {
    const { values, asked } = await told({}, event('STARTED'));
    expect([values, asked]).toEqual([[{ Pipeline: 'shop', Executions: 1 }], []]);
  });

  test('is counted as a failure', async () =>
    expect((await told({}, event('FAILED'))).values).toEqual([{ Pipeline: 'shop', Failures: 1 }]));

  test('has a duration from its start to the event', async () => {
    const { values } = await told(
      { runs: [{ ...run(), pipelineExecutionId: 'another', startTime: ago(5) }, run()] },
      event('SUCCEEDED'),
    );
    expect(values).toEqual([{ Pipeline: 'shop', Duration: 600 }]);
  });

  test.each(['RESUMED', 'SUPERSEDED', 'CANCELED'])('writes no metrics if it is %s', async (state) =>
    expect((await told({ runs: [run()] }, event(state))).values).toEqual([]),
  );

  test.each([{}, { stage: 'production' }])('is requested again if the service does not list it yet', async (detail) => {
    const { handler, log } = deployed({ runs: [run({ pipelineExecutionId: 'another' })] });
    await expect(handler(event('SUCCEEDED', detail))).rejects.toThrow('not among the newest');
    expect(log()).toEqual([]);
  });
});

describe('an environment', () => {
  function at(state: string, stage = 'production') {
    return event(state, { stage });
  }

  const PRODUCTION = { Pipeline: 'shop', Environment: 'production' };

  test('has a lead time after a deployment', async () => {
    const { values, parameters } = await told({ runs: [run()] }, at('STARTED'), at('SUCCEEDED'));
    expect(values).toEqual([{ ...PRODUCTION, Deployments: 1, LeadTime: 600 }]);
    expect(parameters.production).toBe('none');
  });

  test('has a recovery time from the failure to the success', async () => {
    const first = await told({ runs: [run()] }, at('FAILED'));
    expect(first.values).toEqual([{ ...PRODUCTION, FailedDeployments: 1 }]);
    expect(first.parameters.production).toBe('2026-11-26T12:00:00.000Z');
    const second = await told(
      { runs: [run()], state: { production: ago(3600).toISOString() } },
      at('FAILED'),
      at('SUCCEEDED'),
    );
    expect(second.values).toEqual([
      { ...PRODUCTION, FailedDeployments: 1 },
      { ...PRODUCTION, Deployments: 1, LeadTime: 600, TimeToRestore: 3600 },
    ]);
    expect(second.parameters.production).toBe('none');
  });

  test('is restored by a rollback, which is neither a deployment nor a failure', async () => {
    const back = run({ executionType: 'ROLLBACK' });
    const { values } = await told(
      { runs: [back], state: { production: ago(60).toISOString() } },
      at('STARTED'),
      at('SUCCEEDED'),
    );
    expect(values).toEqual([{ ...PRODUCTION, TimeToRestore: 60 }]);
  });

  test('counts a failed deployment for a rollback without a failure', async () => {
    const { values } = await told({ runs: [run({ executionType: 'ROLLBACK' })] }, at('STARTED'));
    expect(values).toEqual([{ ...PRODUCTION, FailedDeployments: 1 }]);
  });

  test('does not count a failed rollback as a second failure', async () => {
    const { values } = await told(
      { runs: [run({ executionType: 'ROLLBACK' })], state: { production: ago(60).toISOString() } },
      at('STARTED'),
      at('FAILED'),
    );
    expect(values).toEqual([]);
  });

  test('can be one of several of a stage', async () => {
    const { values } = await told({ runs: [run()] }, at('SUCCEEDED', 'wave'));
    expect(values).toEqual(
      ['eu', 'us'].map((Environment) => ({ Pipeline: 'shop', Environment, Deployments: 1, LeadTime: 600 })),
    );
  });

  test('has units', async () => {
    const { handler, log } = deployed({ runs: [run()], state: { production: ago(60).toISOString() } });
    await handler(at('SUCCEEDED'));
    expect(log().map((line) => metricsOf(line).units)).toEqual([
      { Deployments: 'Count', LeadTime: 'Seconds', TimeToRestore: 'Seconds' },
    ]);
  });
});

describe('a poll', () => {
  const LOOK = { source: 'aws.events', 'detail-type': 'Scheduled Event' };

  function action(category: string, status: string, seconds: number) {
    return { status, startTime: ago(seconds), input: { actionTypeId: { category } } };
  }

  const account: Account = {
    runs: [
      run(),
      run({ pipelineExecutionId: 'older', startTime: ago(9000) }),
      run({ pipelineExecutionId: 'ended', status: 'Failed', startTime: ago(99_999) }),
    ],
    actions: {
      [RUN]: [action('Build', 'InProgress', 500), action('Approval', 'InProgress', 30)],
      older: [action('Approval', 'Succeeded', 8000), action('Approval', 'InProgress', 7000)],
      ended: [action('Approval', 'InProgress', 90_000)],
    },
  };

  test('writes the executions in progress and the waiting approvals', async () => {
    const { handler, log } = deployed(account);
    await handler(LOOK);
    const [{ values, units }] = log().map(metricsOf);
    expect(values).toEqual({ Pipeline: 'shop', RunningTime: 9000, WaitingApprovals: 2, ApprovalWait: 7000 });
    expect(units).toEqual({ RunningTime: 'Seconds', WaitingApprovals: 'Count', ApprovalWait: 'Seconds' });
  });

  test('requests no approvals if there are none', async () => {
    const { APPROVALS, ...env } = ENVIRONMENT;
    const { handler, log, asked } = deployed(account, env);
    await handler(LOOK);
    expect(log().map((line) => metricsOf(line).values)).toEqual([{ Pipeline: 'shop', RunningTime: 9000 }]);
    expect(asked).toEqual([new ListPipelineExecutionsCommand({ pipelineName: 'shop' })]);
  });

  test('writes no metric if nothing is in progress', async () =>
    expect((await told({ runs: [run({ status: 'Succeeded' })] }, LOOK)).values).toEqual([]));
});

test.each([
  ['another pipeline', event('FAILED', { pipeline: 'shop-2' })],
  ['another source', { ...event('FAILED'), source: 'acme' }],
  ['a stage that deploys nothing', event('FAILED', { stage: 'Build' })],
  ['a stage with a name of every object', event('FAILED', { stage: 'constructor' })],
])('ignores %s', async (_, one) => {
  const { values, asked } = await told({ runs: [run()] }, one);
  expect([values, asked]).toEqual([[], []]);
});

test('throws and writes no metrics if the state cannot be read', async () => {
  const { handler, log } = deployed({ broken: new Error('throttled') });
  await expect(handler(event('FAILED', { stage: 'production' }))).rejects.toThrow('throttled');
  expect(log()).toEqual([]);
});
