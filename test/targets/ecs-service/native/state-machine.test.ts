import { HISTORY_EVENTS, STATE_MACHINE_ACTION_SECONDS } from '../../../../src/aws/step-functions';
import { deploymentStateMachine } from '../../../../src/targets/ecs-service/native/state-machine';
import { fakeEcs, type Course } from '../../../helpers/fake-ecs';
import { nativeTemplates, textIn } from '../../../helpers/native-service';
import { runMachine, ServiceError, type MachineDefinition } from '../../../helpers/state-machine';
import { resourcesOf } from '../../../helpers/synth';

const [[, { Properties }]] = resourcesOf(nativeTemplates().environment, 'AWS::StepFunctions::StateMachine');
/** The very definition that is rendered. */
const definition = JSON.parse(textIn(Properties.DefinitionString)) as MachineDefinition;

const MINUTES = 60;
const HOURS = 60 * MINUTES;
const OURS = 'arn:aws:ecs:eu-west-1:111111111111:task-definition/api:7';
const input = { taskDefinition: OURS };
const running = { after: 3, status: 'IN_PROGRESS' };

function after(seconds: number, more: Omit<Course[number], 'after'>): Course {
  return [running, { after: seconds, ...more }];
}

function successAfter(seconds: number) {
  return after(seconds, { status: 'SUCCESSFUL' });
}

function run(ecs: ReturnType<typeof fakeEcs>, start?: number) {
  return runMachine(definition, input, ecs.call, start);
}

test('is rendered without changes', () => {
  expect(definition).toEqual(
    JSON.parse(JSON.stringify(deploymentStateMachine({ partition: 'aws', clusterName: 'apps', serviceName: 'api' }))),
  );
});

describe('a deployment that succeeds', () => {
  test('starts once, with the registered task definition', async () => {
    const ecs = fakeEcs(successAfter(4 * MINUTES));
    const { status, calls } = await run(ecs);
    expect(status).toBe('SUCCEEDED');
    expect(calls.filter(({ api }) => api === 'updateService').map(({ args }) => args)).toEqual([
      { Cluster: 'apps', Service: 'api', TaskDefinition: OURS, ForceNewDeployment: true },
    ]);
    expect(ecs.deployments).toHaveLength(1);
  });

  // A tenth of the time that it took, at least half a minute.
  test.each([1, 4, 20, 60, 180])('is detected soon after its end when it takes %d minutes', async (minutes) => {
    const { status, seconds } = await run(fakeEcs(successAfter(minutes * MINUTES)));
    expect(status).toBe('SUCCEEDED');
    expect(seconds).toBeGreaterThanOrEqual(minutes * MINUTES);
    expect(seconds - minutes * MINUTES).toBeLessThanOrEqual(Math.max(46, Math.min(301, (minutes * MINUTES) / 10 + 15)));
  });

  test('may take a canary of 24 hours and a bake time of 24 hours', async () => {
    const { status, seconds, events, transitions } = await run(fakeEcs(successAfter(48 * HOURS + 5 * MINUTES)));
    expect(status).toBe('SUCCEEDED');
    expect(seconds / HOURS).toBeCloseTo(48.1, 0);
    expect(events).toBeLessThan(HISTORY_EVENTS / 4);
    // $0.025 for 1000: less than 5 cents.
    expect((transitions * 0.025) / 1000).toBeLessThan(0.05);
  });

  test('may wait almost 7 days for a manual action', async () => {
    const { status, events } = await run(fakeEcs(successAfter(166 * HOURS)));
    expect(status).toBe('SUCCEEDED');
    expect(events).toBeLessThan(HISTORY_EVENTS * 0.75);
  });

  test('is found if the clock of ECS is 25 seconds behind', async () => {
    const ecs = fakeEcs(successAfter(4 * MINUTES));
    const { status } = await runMachine(definition, input, (api, args, now) => ecs.call(api, args, now - 25_000));
    expect(status).toBe('SUCCEEDED');
  });

  test('is polled until ECS lists it', async () => {
    const { status, calls } = await run(fakeEcs(successAfter(4 * MINUTES), { visibleAfter: 100 }));
    expect(status).toBe('SUCCEEDED');
    expect(calls.filter(({ api }) => api === 'listServiceDeployments').length).toBeGreaterThan(5);
  });
});

describe('limits', () => {
  test('keeps a history of 7 days below the limit, even with retries', async () => {
    let failed = false;

    function everyOther() {
      failed = !failed;
      if (failed) throw new ServiceError('Ecs.EcsException', 'Rate exceeded');
    }

    const { status, error, events } = await run(fakeEcs([running], { before: everyOther }));
    expect([status, error]).toEqual(['TIMED_OUT', 'States.Timeout']);
    expect(events).toBeLessThan(HISTORY_EVENTS);
  });

  test('ends before the CodePipeline action times out', async () => {
    const { status, seconds } = await run(fakeEcs([running]));
    expect(status).toBe('TIMED_OUT');
    expect(seconds).toBeLessThan(STATE_MACHINE_ACTION_SECONDS);
    expect(seconds).toBeGreaterThan(STATE_MACHINE_ACTION_SECONDS * 0.95);
  });
});

describe('a deployment that fails', () => {
  test('reports the alarm that caused the rollback', async () => {
    const { status, error, cause } = await run(
      fakeEcs([
        running,
        { after: 20 * MINUTES, status: 'ROLLBACK_IN_PROGRESS' },
        {
          after: 25 * MINUTES,
          status: 'ROLLBACK_SUCCESSFUL',
          statusReason: 'Service deployment rolled back.',
          rollback: 'alarm detected',
          alarms: ['errors', 'latency'],
        },
      ]),
    );
    expect([status, error]).toEqual(['FAILED', 'ROLLBACK_SUCCESSFUL']);
    expect(cause).toBe(
      `The deployment of ${OURS} to the service api, ` +
        'arn:aws:ecs:eu-west-1:111111111111:service-deployment/apps/api/d1, ' +
        'ended as ROLLBACK_SUCCESSFUL: Service deployment rolled back.; alarm detected; alarms: errors, latency',
    );
  });

  test.each(['STOPPED', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED'])(
    'fails with %s, also without a reason',
    async (status) => {
      const { error, cause } = await run(fakeEcs(after(5 * MINUTES, { status })));
      expect(error).toBe(status);
      expect(cause).toMatch(new RegExp(`, ended as ${status}$`));
    },
  );

  test.each(['STOP_REQUESTED', 'ROLLBACK_REQUESTED', 'ROLLBACK_IN_PROGRESS', 'A_NEW_ONE'])(
    'is polled while it is %s',
    async (status) => {
      const { error, seconds } = await run(
        fakeEcs([running, { after: 5 * MINUTES, status }, { after: 60 * MINUTES, status: 'STOPPED' }]),
      );
      expect(error).toBe('STOPPED');
      expect(seconds).toBeGreaterThanOrEqual(60 * MINUTES);
    },
  );

  test('fails if ECS no longer returns it', async () => {
    const ecs = fakeEcs([running]);
    const { error } = await runMachine(definition, input, (api, args, now) => {
      if (now > ecs.deployments[0]?.createdAt + 10 * MINUTES * 1000) ecs.deployments.length = 0;
      return ecs.call(api, args, now);
    });
    expect(error).toBe('MISSING');
  });

  test('fails after 10 minutes if it never starts, and refers to the events', async () => {
    const { error, cause, seconds } = await run(fakeEcs([running], { visibleAfter: 100 * HOURS }));
    expect(error).toBe('NO_DEPLOYMENT');
    expect(cause).toBe(`ECS has started no deployment of ${OURS} to the service api: see its events`);
    expect(seconds).toBe(10 * MINUTES);
  });
});

describe('other deployments', () => {
  function somebody(
    ecs: ReturnType<typeof fakeEcs>,
    createdAt: number,
    course: Course,
    taskDefinition = OURS.replace(/7$/, '8'),
  ) {
    return ecs.deployments.push({ id: `x${ecs.deployments.length}`, taskDefinition, createdAt, course });
  }

  const start = Date.parse('2026-02-03T04:05:06.000Z');

  test('ignores deployments that start right after it', async () => {
    const ecs = fakeEcs(after(10 * MINUTES, { status: 'STOPPED', statusReason: 'Replaced by a newer deployment.' }), {
      before: (api, now, nth) => {
        if (api === 'listServiceDeployments' && nth === 1) somebody(ecs, now - 5000, successAfter(20 * MINUTES));
      },
    });
    const { error, cause } = await run(ecs, start);
    expect(error).toBe('STOPPED');
    expect(cause).toContain('/d1, ended as STOPPED: Replaced by a newer deployment.');
  });

  test('ignores earlier deployments of the same task definition', async () => {
    // It is listed before ours.
    const ecs = fakeEcs(successAfter(10 * MINUTES), { visibleAfter: 40 });
    somebody(ecs, start - HOURS * 1000, after(5 * MINUTES, { status: 'ROLLBACK_SUCCESSFUL' }), OURS);
    expect((await run(ecs, start)).status).toBe('SUCCEEDED');
  });

  test('uses the newer of two deployments after a retried call', async () => {
    const ecs = fakeEcs(successAfter(10 * MINUTES));
    const { status } = await runMachine(
      definition,
      input,
      (api, args, now) => {
        const answer = ecs.call(api, args, now);
        if (api === 'updateService' && ecs.deployments.length === 1) {
          ecs.deployments[0].course = after(8, { status: 'STOPPED' });
          throw new ServiceError('Ecs.ServerException', 'Internal error');
        }
        return answer;
      },
      start,
    );
    expect([status, ecs.deployments.length]).toEqual(['SUCCEEDED', 2]);
  });
});

describe('errors of API calls', () => {
  test.each(['updateService', 'listServiceDeployments', 'describeServiceRevisions', 'describeServiceDeployments'])(
    'retries throttling of %s',
    async (throttled) => {
      const ecs = fakeEcs(successAfter(30 * MINUTES), {
        before: (api, _now, nth) => {
          if (api === throttled && nth <= 8) throw new ServiceError('Ecs.EcsException', 'Rate exceeded');
        },
      });
      expect((await run(ecs)).status).toBe('SUCCEEDED');
    },
  );

  test('fails immediately if the service does not exist', async () => {
    const { status, error, calls } = await runMachine(definition, input, (api, args, now) =>
      fakeEcs([running]).call(api, { ...args, Service: 'gone' }, now),
    );
    expect([status, error, calls.length]).toEqual(['FAILED', 'Ecs.ServiceNotFoundException', 1]);
  });

  test('fails after a permanent error', async () => {
    const { error, cause, calls, seconds } = await run(
      fakeEcs([running], {
        before: () => {
          throw new ServiceError('Ecs.ServerException', 'Out of order');
        },
      }),
    );
    expect([error, cause, calls.length]).toEqual(['Ecs.ServerException', 'Out of order', 11]);
    expect(seconds).toBeLessThan(30 * MINUTES);
  });
});
