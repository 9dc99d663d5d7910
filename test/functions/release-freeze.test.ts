import { Linter } from 'eslint';
import { releaseFreezeFunction } from '../../src/functions';

const NOW = Date.parse('2026-11-26T12:00:00Z');
const MINUTE = 60_000;
const JOB = '11111111-2222-3333-4444-555555555555';

interface Parameter {
  readonly Value: string;
  readonly Version?: number;
  readonly LastModifiedDate?: Date;
}

/** The state in AWS. The call that requests an error throws it. */
interface Account {
  readonly parameters?: Readonly<Record<string, Parameter | Error>>;
  readonly history?: ReadonlyArray<ReadonlyArray<{ readonly Value: string; readonly Version: number }>> | Error;
  readonly calendars?: { readonly State?: string; readonly NextTransitionTime?: string } | Error;
  readonly answers?: Error;
}

class Command {
  public constructor(public readonly input: Record<string, any>) {}
}
class GetParameterCommand extends Command {}
class GetParameterHistoryCommand extends Command {}
class GetCalendarStateCommand extends Command {}
class PutJobSuccessResultCommand extends Command {}
class PutJobFailureResultCommand extends Command {}

function named(name: string, message: string) {
  return Object.assign(new Error(message), { name });
}

function give<T>(value: T | Error): T {
  if (value instanceof Error) throw value;
  return value;
}

/** The clients of the SDK, as far as the function uses them, and the calls that they received. */
function sdkOf({ parameters = {}, history, calendars, answers }: Account) {
  const asked: Command[] = [];
  const answered: Command[] = [];
  class SSMClient {
    public async send(command: Command, { abortSignal }: { abortSignal: AbortSignal }) {
      asked.push(command);
      expect(abortSignal).toBeInstanceOf(AbortSignal);
      if (command instanceof GetCalendarStateCommand) {
        return give(calendars ?? named('InvalidDocument', 'no such calendar'));
      }
      if (command instanceof GetParameterHistoryCommand) {
        expect(command.input.Name).toBe('/freeze/switch');
        const page = Number(command.input.NextToken ?? 0);
        const pages = give(history ?? []);
        return { Parameters: pages[page], ...(page + 1 < pages.length && { NextToken: String(page + 1) }) };
      }
      expect(command).toBeInstanceOf(GetParameterCommand);
      return { Parameter: give(parameters[command.input.Name] ?? named('ParameterNotFound', 'UnknownError')) };
    }
  }
  class CodePipelineClient {
    public async send(command: Command) {
      if (answers) throw answers;
      answered.push(command);
    }
  }
  const modules: Record<string, unknown> = {
    '@aws-sdk/client-ssm': { SSMClient, GetParameterCommand, GetParameterHistoryCommand, GetCalendarStateCommand },
    '@aws-sdk/client-codepipeline': { CodePipelineClient, PutJobSuccessResultCommand, PutJobFailureResultCommand },
  };
  return { asked, answered, load: (name: string) => modules[name] };
}

const ENVIRONMENT = {
  SWITCH_PARAMETER: '/freeze/switch',
  AS_DEPLOYED: 'as deployed',
  BREAK_GLASS_PARAMETER: '/freeze/glass',
  BREAK_GLASS_MINUTES: '60',
};
const CALENDARS = {
  CALENDARS: 'holidays,arn:aws:ssm:eu-west-1:111111111111:document/sales',
  BREAK_GLASS_PARAMETER: '/freeze/glass',
  BREAK_GLASS_MINUTES: '60',
};
const PLACE: unknown = JSON.stringify({ pipeline: 'shop', stage: 'production' });

interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly userParameters?: unknown;
}

/** Runs the deployed code once. */
async function run(account: Account, options: RunOptions = {}) {
  const { env, userParameters } = { env: ENVIRONMENT, userParameters: PLACE, ...options };
  const sdk = sdkOf(account);
  const lines: string[] = [];
  const exports: { handler?: (event: unknown) => Promise<void> } = {};
  const runtime = { env, stdout: { write: (line: string) => lines.push(line) } };
  class Clock extends Date {
    public static now = () => NOW;
  }
  new Function('exports', 'require', 'process', 'Date', releaseFreezeFunction())(exports, sdk.load, runtime, Clock);
  const event = {
    'CodePipeline.job': {
      id: JOB,
      data: {
        actionConfiguration: { configuration: { FunctionName: 'freeze', UserParameters: userParameters } },
        artifactCredentials: { secretAccessKey: 'hush' },
      },
    },
  };
  const error = await exports.handler!(event).then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  expect(lines.join('')).not.toContain('hush');
  return { ...sdk, error, log: lines.map((line) => JSON.parse(line) as Record<string, any>) };
}

async function lets(account: Account, options?: RunOptions) {
  const { answered, error } = await run(account, options);
  expect([answered.length, error]).toEqual([1, undefined]);
  expect(answered[0].input.jobId).toBe(JOB);
  return answered[0] instanceof PutJobSuccessResultCommand;
}

async function messageOf(account: Account, options?: RunOptions) {
  const { answered } = await run(account, options);
  expect(answered).toEqual([expect.any(PutJobFailureResultCommand)]);
  const {
    jobId,
    failureDetails: { type, message },
  } = answered[0].input;
  expect([jobId, type]).toEqual([JOB, 'JobFailed']);
  return message as string;
}

function glass(Value: string, age = 0): Parameter {
  return { Value, Version: 7, LastModifiedDate: new Date(NOW - age) };
}

function accountWith(value: string, breakGlass = glass('none')): Account {
  return { parameters: { '/freeze/switch': { Value: value }, '/freeze/glass': breakGlass } };
}

const BREAK =
  'To override the freeze for shop for 60 minutes, run: aws ssm put-parameter --overwrite --name /freeze/glass ' +
  "--value 'shop: <reason>'";

describe('a freeze state in a parameter', () => {
  test('allows a release if it is open, without further calls', async () => {
    const { answered, asked, log } = await run(accountWith('open'));
    expect(answered).toEqual([new PutJobSuccessResultCommand({ jobId: JOB })]);
    expect(asked).toEqual([new GetParameterCommand({ Name: '/freeze/switch' })]);
    expect(log).toEqual([{ outcome: 'open', pipeline: 'shop', stage: 'production', job: JOB }]);
  });

  test('may end with a line break', async () => expect(await lets(accountWith(' open\n'))).toBe(true));

  test.each([
    ['frozen', 'no reason was provided'],
    ['frozen: Black Friday', 'Black Friday'],
    ['frozen until the 7th of January', 'until the 7th of January'],
    ['frozen - the database moves\ncontact Ana', 'the database moves\ncontact Ana'],
  ])('blocks a release with %j, and explains the reason and the override', async (value, reason) => {
    expect(await messageOf(accountWith(value))).toBe(`Releases are frozen: ${reason}. ${BREAK}`);
  });

  test('records blocked releases', async () => {
    const { log } = await run(accountWith('frozen: Black Friday'));
    expect(log).toEqual([
      { outcome: 'frozen', pipeline: 'shop', stage: 'production', job: JOB, freeze: 'Black Friday' },
    ]);
  });
});

describe('a freeze state that CloudFormation wrote', () => {
  function written(...pages: string[][]): Account {
    let version = 0;
    return {
      ...accountWith('as deployed'),
      history: pages.map((page) => page.map((Value) => ({ Value, Version: ++version }))),
    };
  }

  test('is open until it is changed', async () => {
    expect(await lets(written(['as deployed']))).toBe(true);
    expect(await lets(written(['as deployed', 'as deployed'], ['as deployed']))).toBe(true);
  });

  test('uses the last explicit value', async () => {
    expect(await messageOf(written(['as deployed', 'open', 'frozen: sale', 'as deployed'], ['as deployed']))).toBe(
      `Releases are frozen: sale. ${BREAK}`,
    );
    expect(await lets(written(['as deployed', 'frozen: sale'], ['as deployed', 'open\n', 'as deployed']))).toBe(true);
    expect(await lets(written(['as deployed'], ['frozen: sale'], ['as deployed']))).toBe(false);
  });

  test('is independent of the order of the history', async () => {
    const history = [
      [
        { Value: 'as deployed', Version: 4 },
        { Value: 'frozen', Version: 3 },
        { Value: 'open', Version: 2 },
        { Value: 'as deployed', Version: 1 },
      ],
    ];
    expect(await lets({ ...accountWith('as deployed'), history })).toBe(false);
  });

  test('is frozen if its history cannot be read', async () => {
    expect(await messageOf({ ...accountWith('as deployed'), history: named('AccessDeniedException', 'no') })).toContain(
      'could not be read (AccessDeniedException: no)',
    );
  });
});

describe('an unreadable freeze state blocks releases', () => {
  test.each(['', 'opened', 'not open', 'OPEN', 'true', 'x'.repeat(4096)])('a value of %.20j', async (value) => {
    expect(await messageOf(accountWith(value))).toContain(
      `the state could not be read (Error: the value of /freeze/switch is '${value.slice(0, 200)}', not 'open' or ` +
        "'frozen <reason>')",
    );
  });

  test('a parameter that is missing', async () => {
    expect(await messageOf({ parameters: { '/freeze/glass': glass('none') } })).toBe(
      `Releases are frozen: the state could not be read (ParameterNotFound: UnknownError). ${BREAK}`,
    );
  });

  test('an error of the service', async () => {
    expect(await messageOf({ parameters: { '/freeze/switch': named('ThrottlingException', 'Rate exceeded') } })).toBe(
      `Releases are frozen: the state could not be read (ThrottlingException: Rate exceeded). ${BREAK} ` +
        '(This parameter could not be read: ParameterNotFound: UnknownError)',
    );
  });

  test('can be overridden', async () =>
    expect(await lets({ parameters: { '/freeze/glass': glass('shop: the outage is in the freeze') } })).toBe(true));

  test('limits the length of the message', async () => {
    const endless = named('X', 'x'.repeat(9000));
    const message = await messageOf({ parameters: { '/freeze/switch': endless, '/freeze/glass': endless } });
    expect(message.length).toBeLessThanOrEqual(5000);
    expect(message).toContain(BREAK);
  });
});

describe('change calendars', () => {
  function state(calendars: Account['calendars']): Account {
    return { calendars, parameters: { '/freeze/glass': glass('none') } };
  }

  test('allow a release if all are open', async () => {
    const { asked, answered } = await run(state({ State: 'OPEN' }), { env: CALENDARS });
    expect(asked).toEqual([
      new GetCalendarStateCommand({ CalendarNames: ['holidays', 'arn:aws:ssm:eu-west-1:111111111111:document/sales'] }),
    ]);
    expect(answered).toEqual([expect.any(PutJobSuccessResultCommand)]);
  });

  test('block a release if one is closed, and report the end', async () => {
    expect(
      await messageOf(state({ State: 'CLOSED', NextTransitionTime: '2027-01-07T00:00:00Z' }), { env: CALENDARS }),
    ).toBe(`Releases are frozen: the change calendar is closed until 2027-01-07T00:00:00Z. ${BREAK}`);
    expect(await messageOf(state({ State: 'CLOSED' }), { env: CALENDARS })).toBe(
      `Releases are frozen: the change calendar is closed. ${BREAK}`,
    );
  });

  test.each<[string, Account['calendars'], string]>([
    ['that do not exist', undefined, 'InvalidDocument: no such calendar'],
    ['in an unknown state', { State: 'AJAR' }, "Error: the state of the calendar is 'AJAR', not OPEN or CLOSED"],
    ['without a state', {}, "Error: the state of the calendar is 'undefined', not OPEN or CLOSED"],
  ])('%s are closed', async (_name, calendars, why) => {
    expect(await messageOf(state(calendars), { env: CALENDARS })).toContain(`the state could not be read (${why})`);
  });

  test('can be overridden', async () => {
    expect(
      await lets(
        { calendars: { State: 'CLOSED' }, parameters: { '/freeze/glass': glass('shop: outage') } },
        { env: CALENDARS },
      ),
    ).toBe(true);
  });
});

describe('the break-glass override', () => {
  function broken(value: string, age?: number) {
    return accountWith('frozen: Black Friday', glass(value, age));
  }

  test('allows its pipeline, and is recorded', async () => {
    const { answered, log } = await run(broken('shop: checkout is down, INC-17', 5 * MINUTE));
    expect(answered).toEqual([new PutJobSuccessResultCommand({ jobId: JOB })]);
    expect(log).toEqual([
      {
        outcome: 'break-glass',
        pipeline: 'shop',
        stage: 'production',
        job: JOB,
        freeze: 'Black Friday',
        breakGlass: { reason: 'checkout is down, INC-17', version: 7, at: '2026-11-26T11:55:00.000Z' },
      },
    ]);
  });

  test('is limited to its duration', async () => {
    expect(await lets(broken('shop: outage', 60 * MINUTE - 1))).toBe(true);
    expect(await lets(broken('shop: outage', 60 * MINUTE))).toBe(false);
    expect(
      await lets(broken('shop: outage', 14 * MINUTE), { env: { ...ENVIRONMENT, BREAK_GLASS_MINUTES: '15' } }),
    ).toBe(true);
    expect(
      await lets(broken('shop: outage', 15 * MINUTE), { env: { ...ENVIRONMENT, BREAK_GLASS_MINUTES: '15' } }),
    ).toBe(false);
  });

  test.each([
    'none',
    '',
    'shop',
    'shop:',
    'shop:  ',
    ': outage',
    'shop-2: outage',
    'sho: outage',
    '*: outage',
    'shop admin: outage',
    'Shop: outage',
    'undefined: outage',
  ])('allows nothing with %j', async (value) => expect(await lets(broken(value))).toBe(false));

  test.each([' shop : outage', 'shop:outage', 'shop: it: is\ndown'])('allows a release with %j', async (value) =>
    expect(await lets(broken(value))).toBe(true),
  );

  test('allows nothing without a time', async () => {
    expect(await lets(accountWith('frozen', { Value: 'shop: outage' }))).toBe(false);
  });
});

test.each([undefined, '', 'not JSON', 'null', '[]', '{}', '"shop"', '7'])(
  'a job with the place %j is allowed if open, and blocked if frozen, regardless of overrides',
  async (userParameters) => {
    expect(await lets(accountWith('open'), { userParameters })).toBe(true);
    for (const name of ['shop', 'undefined', 'null']) {
      expect(await lets(accountWith('frozen', glass(`${name}: outage`)), { userParameters })).toBe(false);
    }
    expect(await messageOf(accountWith('frozen'), { userParameters })).toContain("--value '<pipeline>: <reason>'");
  },
);

test.each(['open', 'frozen'])('throws if the result cannot be sent (%s), so that Lambda retries', async (value) => {
  const lost = named('TimeoutError', 'lost');
  expect((await run({ ...accountWith(value), answers: lost })).error).toBe(lost);
});

test('deploys valid code without comments that fits into a template', () => {
  const code = releaseFreezeFunction();
  expect(new Linter().verify(code, { languageOptions: { ecmaVersion: 2022, sourceType: 'commonjs' } })).toEqual([]);
  expect(Buffer.byteLength(code)).toBeLessThanOrEqual(4096);
  expect(code).not.toMatch(/^\s*\/\//m);
});
