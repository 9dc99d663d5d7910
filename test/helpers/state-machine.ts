import jsonata from 'jsonata';
import { HISTORY_EVENTS } from '../../src/aws/step-functions';

/*
 * Runs a definition of Step Functions on a simulated clock: the states and fields that ours use, and no others.
 * JSONata is evaluated by the version of the library that Step Functions names.
 *
 * https://states-language.net/spec.html
 */

type Json = Record<string, unknown>;

export interface MachineDefinition {
  readonly QueryLanguage: 'JSONata';
  readonly TimeoutSeconds: number;
  readonly StartAt: string;
  readonly States: Readonly<Record<string, Json>>;
}

/** An error of a service, as an integration of the AWS SDK names it. */
export class ServiceError extends Error {
  constructor(
    public readonly errorName: string,
    message = errorName,
  ) {
    super(message);
  }
}

/** A call of the AWS SDK, at a moment in milliseconds. */
export type Call = (api: string, args: Json, now: number) => unknown;

export interface Run {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT';
  readonly error?: unknown;
  readonly cause?: unknown;
  readonly events: number;
  readonly transitions: number;
  readonly seconds: number;
  /** Seconds since the start of each call. */
  readonly calls: ReadonlyArray<{ readonly api: string; readonly second: number; readonly args: Json }>;
}

/**
 * Events that each state adds to the history.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
 */
const EVENTS = {
  start: 1, // ExecutionStarted
  end: 1, // ExecutionSucceeded, ExecutionFailed, ExecutionTimedOut
  state: 2, // …StateEntered, …StateExited
  fail: 1, // FailStateEntered
  attempt: 3, // TaskScheduled, TaskStarted, TaskSucceeded or TaskFailed
};

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Task: ['Resource', 'Arguments', 'Assign', 'Output', 'Retry', 'Next'],
  Wait: ['Seconds', 'Assign', 'Next'],
  Choice: ['Choices', 'Default'],
  Succeed: [],
  Fail: ['Error', 'Cause'],
};

interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly MaxAttempts?: number;
  readonly JitterStrategy?: string;
}

const compiled = new Map<string, ReturnType<typeof jsonata>>();

class Failure extends Error {
  constructor(
    public readonly error: unknown,
    public readonly reason: unknown,
  ) {
    super(String(reason));
  }
}

export async function runMachine(
  definition: MachineDefinition,
  input: Json,
  call: Call,
  start = Date.parse('2026-01-05T08:00:00.000Z'),
): Promise<Run> {
  if (definition.QueryLanguage !== 'JSONata') throw new Error('only JSONata is evaluated');
  let now = start;
  let events = EVENTS.start;
  let transitions = 0;
  let variables: Json = {};
  let data: unknown = input;
  const calls: Array<{ api: string; second: number; args: Json }> = [];

  function count(more: number) {
    events += more;
    if (events > HISTORY_EVENTS) {
      throw new Failure('States.Runtime', 'The execution reached the maximum number of history events');
    }
  }

  function pass(seconds: number) {
    if ((now - start) / 1000 + seconds > definition.TimeoutSeconds) {
      now = start + definition.TimeoutSeconds * 1000;
      throw new Failure('States.Timeout', undefined);
    }
    now += seconds * 1000;
  }

  function result(status: Run['status'], error?: unknown, cause?: unknown): Run {
    return { status, error, cause, events: events + EVENTS.end, transitions, seconds: (now - start) / 1000, calls };
  }

  try {
    for (let name = definition.StartAt; ;) {
      const state = definition.States[name];
      const type = String(state.Type);
      const unknown = Object.keys(state).filter((key) => key !== 'Type' && !FIELDS[type]?.includes(key));
      if (unknown.length > 0) throw new Error(`${name}: ${type} with ${unknown.join(', ')} is not interpreted`);
      transitions += 1;
      const context = {
        Execution: { StartTime: new Date(start).toISOString() },
        State: { Name: name, EnteredTime: new Date(now).toISOString() },
      };

      function evaluate(value: unknown, states: Json = {}) {
        return evaluated(value, { ...variables, states: { input: data, context, ...states } });
      }

      async function assign(states: Json = {}) {
        const assigned = (await evaluate(state.Assign ?? {}, states)) as Json;
        variables = { ...variables, ...assigned };
      }

      if (type === 'Fail') {
        count(EVENTS.fail);
        return result('FAILED', await evaluate(state.Error), await evaluate(state.Cause));
      }
      count(EVENTS.state);
      if (type === 'Succeed') return result('SUCCEEDED');
      if (type === 'Choice') {
        name = await choose(state, evaluate);
        continue;
      }
      if (type === 'Wait') {
        const seconds = await evaluate(state.Seconds);
        if (!Number.isInteger(seconds) || (seconds as number) < 0) {
          throw new Error(`${name}: waits for ${String(seconds)} seconds`);
        }
        pass(seconds as number);
        await assign();
      } else {
        const args = (await evaluate(state.Arguments)) as Json;
        const [, api] = /^arn:aws:states:::aws-sdk:ecs:(\w+)$/.exec(String(state.Resource)) ?? [];
        if (api === undefined) throw new Error(`${name}: ${String(state.Resource)} is not interpreted`);
        const tried = new Map<Retrier, number>();
        for (let answer: { result: unknown } | undefined; !answer;) {
          count(EVENTS.attempt);
          calls.push({ api, second: (now - start) / 1000, args });
          try {
            answer = { result: JSON.parse(JSON.stringify(call(api, args, now))) };
          } catch (error) {
            if (!(error instanceof ServiceError)) throw error;
            pass(retryAfter(error, state.Retry as Retrier[], tried));
            transitions += 1;
          }
          if (answer) {
            await assign(answer);
            data = await evaluate(state.Output ?? '{% $states.result %}', answer);
          }
        }
      }
      name = String(state.Next);
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return result(error.error === 'States.Timeout' ? 'TIMED_OUT' : 'FAILED', error.error, error.reason);
  }
}

/** Seconds until the next attempt, the longest that jitter allows; or the failure, when there is none. */
function retryAfter(
  { errorName, message }: ServiceError,
  retriers: readonly Retrier[] = [],
  tried: Map<Retrier, number>,
): number {
  function matches(pattern: string) {
    return (
      pattern === errorName ||
      pattern === 'States.ALL' ||
      (pattern === 'States.TaskFailed' && errorName !== 'States.Timeout')
    );
  }

  const retrier = retriers.find(({ ErrorEquals }) => ErrorEquals.some(matches));
  const attempts = retrier ? (tried.get(retrier) ?? 0) : 0;
  if (!retrier || attempts >= (retrier.MaxAttempts ?? 3)) throw new Failure(errorName, message);
  tried.set(retrier, attempts + 1);
  return Math.min(
    (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** attempts,
    retrier.MaxDelaySeconds ?? Infinity,
  );
}

async function choose(state: Json, evaluate: (value: unknown) => Promise<unknown>): Promise<string> {
  for (const { Condition, Next, ...more } of state.Choices as Array<{ Condition: string; Next: string }>) {
    if (Object.keys(more).length > 0) {
      throw new Error(`a choice with ${Object.keys(more).join(', ')} is not interpreted`);
    }
    const holds = await evaluate(Condition);
    if (typeof holds !== 'boolean') {
      throw new Failure('States.QueryEvaluationError', `${Condition} is ${String(holds)}`);
    }
    if (holds) return Next;
  }
  return String(state.Default);
}

/** What a template of JSONata gives. Step Functions takes an expression that gives nothing as an error. */
async function evaluated(value: unknown, variables: Json): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((one) => evaluated(one, variables)));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      await Promise.all(
        Object.entries(value).map(async ([key, one]) => [key, await evaluated(one, variables)] as const),
      ),
    );
  }
  const [, text] = typeof value === 'string' ? (/^\{%(.*)%\}$/s.exec(value) ?? []) : [];
  if (text === undefined) return value;
  const expression = compiled.get(text) ?? jsonata(text);
  compiled.set(text, expression);
  const found: unknown = await expression.evaluate(undefined, variables);
  if (found === undefined) {
    throw new Failure('States.QueryEvaluationError', `The JSONata expression '${text}' returned nothing`);
  }
  return JSON.parse(JSON.stringify(found));
}
