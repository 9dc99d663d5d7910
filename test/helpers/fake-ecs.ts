import { ServiceError, type Call } from './state-machine';

/** What becomes of a deployment: seconds after it began, and from then on. */
export type Course = ReadonlyArray<{
  readonly after: number;
  readonly status: string;
  readonly statusReason?: string;
  readonly rollback?: string;
  readonly alarms?: readonly string[];
}>;

interface Deployment {
  readonly id: string;
  readonly taskDefinition: string;
  readonly createdAt: number;
  course: Course;
}

const SERVICE = 'apps/api';

function arn(kind: string, id: string) {
  return `arn:aws:ecs:eu-west-1:111111111111:${kind}/${SERVICE}/${id}`;
}

function at(millis: number) {
  return new Date(millis).toISOString();
}

export interface FakeEcs {
  readonly call: Call;
  readonly deployments: Deployment[];
}

export interface Troubles {
  /** Seconds until a deployment is listed. */
  readonly visibleAfter?: number;
  /** Called before each call is answered, with the number of calls of its kind. */
  readonly before?: (api: string, now: number, nth: number) => void;
}

/**
 * A service whose deployments take a scripted course. A deployment is listed some seconds after it began, and its
 * answers have the members that the model of the API gives them (botocore 1.43.11), with capitals as in Step Functions.
 */
export function fakeEcs(course: Course, { visibleAfter = 5, before = () => undefined }: Troubles = {}): FakeEcs {
  const deployments: Deployment[] = [];
  const counts: Record<string, number> = {};

  function stepOf({ createdAt, course: steps }: Deployment, now: number) {
    return (
      [...steps].reverse().find(({ after }) => now - createdAt >= after * 1000) ??
      ({ status: 'PENDING' } as Course[number])
    );
  }

  function named(now: number, list: unknown, member: (one: Deployment) => string) {
    return deployments.filter((one) => (list as string[]).includes(member(one)) && now >= one.createdAt);
  }

  const apis: Record<string, (args: Record<string, unknown>, now: number) => unknown> = {
    updateService: ({ Cluster, Service, TaskDefinition, ForceNewDeployment }, now) => {
      if (`${String(Cluster)}/${String(Service)}` !== SERVICE) {
        throw new ServiceError('Ecs.ServiceNotFoundException', 'Service not found.');
      }
      const current = deployments.at(-1);
      if (ForceNewDeployment === true || current?.taskDefinition !== TaskDefinition) {
        deployments.push({
          id: `d${deployments.length + 1}`,
          taskDefinition: String(TaskDefinition),
          createdAt: now + 200,
          course,
        });
      }
      return { Service: { ServiceName: Service, Events: [] } };
    },
    listServiceDeployments: ({ CreatedAt, MaxResults }, now) => ({
      ServiceDeployments: deployments
        .filter(
          ({ createdAt }) =>
            createdAt + visibleAfter * 1000 <= now && createdAt > Date.parse((CreatedAt as { After: string }).After),
        )
        .slice(0, MaxResults as number)
        .map((one) => ({
          ServiceDeploymentArn: arn('service-deployment', one.id),
          TargetServiceRevisionArn: arn('service-revision', one.id),
          CreatedAt: at(one.createdAt),
          Status: stepOf(one, now).status,
        })),
    }),
    describeServiceRevisions: ({ ServiceRevisionArns }, now) => ({
      ServiceRevisions: named(now, ServiceRevisionArns, ({ id }) => arn('service-revision', id)).map(
        ({ id, taskDefinition }) => ({
          ServiceRevisionArn: arn('service-revision', id),
          TaskDefinition: taskDefinition,
        }),
      ),
      Failures: [],
    }),
    describeServiceDeployments: ({ ServiceDeploymentArns }, now) => ({
      ServiceDeployments: named(now, ServiceDeploymentArns, ({ id }) => arn('service-deployment', id)).map((one) => {
        const { status, statusReason, rollback, alarms } = stepOf(one, now);
        return {
          ServiceDeploymentArn: arn('service-deployment', one.id),
          Status: status,
          ...(statusReason !== undefined && { StatusReason: statusReason }),
          ...(rollback !== undefined && { Rollback: { Reason: rollback } }),
          ...(alarms && { Alarms: { Status: 'TRIGGERED', TriggeredAlarmNames: alarms } }),
        };
      }),
      Failures: [],
    }),
  };
  return {
    deployments,
    call: (api, args, now) => {
      counts[api] = (counts[api] ?? 0) + 1;
      before(api, now, counts[api]);
      return apis[api](args, now);
    },
  };
}
