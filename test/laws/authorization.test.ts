import { ACROSS } from './across-variants';
import { VARIANT_GROUPS } from './all-variants';
import { readInput } from '../../src/assembly/input';
import { exceptions, type Grant, grantsOf, objectionsTo } from '../helpers/authorization';
import { everyAsync } from '../helpers/every';
import { SOMEWHERE, synthesized, synthesizedApp } from '../helpers/synthesized';

/** Stacks that hold what belongs to the user. */
const THEIRS = /^(Services|Images|Near)/;

function grantsIn(directory: string): Grant[] {
  return grantsOf(readInput(directory, {}), ({ stackName }) => !THEIRS.test(stackName));
}

/** The assemblies of each group, by name; each is synthesized when it is requested. */
const GROUPS: Readonly<Record<string, Readonly<Record<string, () => string>>>> = {
  ...Object.fromEntries(
    Object.entries(VARIANT_GROUPS).map(([group, variants]) => [
      group,
      Object.fromEntries(
        Object.entries(variants).map(([name, make]) => [name, () => synthesized(name, make, SOMEWHERE).directory]),
      ),
    ]),
  ),
  across: Object.fromEntries(Object.entries(ACROSS).map(([name, make]) => [name, () => synthesizedApp(name, make)])),
};

/** What AWS documents beside its reference. */
const known = exceptions({
  'a connection made before 2024 is asked about by its old prefix, and its ARN may have either':
    /^codestar-connections:UseConnection works on none of arn:aws:codeconnections:/,
});

test.each(Object.entries(GROUPS))(
  'grants known actions, and all resources only without resource-level permissions: %s',
  (_, assemblies) =>
    everyAsync(assemblies, async (directoryOf) => {
      const grants = grantsIn(directoryOf());
      expect(grants.length).toBeGreaterThan(2);
      expect(known.without((await Promise.all(grants.map(objectionsTo))).flat())).toEqual([]);
    }),
  120_000,
);

test('needs every exception', () => expect(known.unmet()).toEqual([]));

function grant(actions: string[], resources: string[], ...conditionKeys: string[]): Grant {
  return { holder: 'Shop/Role', actions, resources, conditionKeys };
}

function arn(service: string, rest: string) {
  return `arn:aws:${service}:eu-west-1:111111111111:${rest}`;
}

const SERVICE = arn('ecs', 'service/apps/api');
const BUCKET = 'arn:aws:s3:::shop';

test.each<[Grant, string[]]>([
  [grant(['ecs:UpdateServices'], [SERVICE]), ['ecs:UpdateServices is no action', `nothing works on ${SERVICE}`]],
  [grant(['ecz:UpdateService', 'ecs:UpdateService'], [SERVICE]), ['ecz:UpdateService is no action']],
  [grant(['ecs:UpdateService'], ['*']), ['ecs:UpdateService is on everything, and could be on service']],
  [grant(['ecs:UpdateService', 'ecs:DescribeTasks'], [SERVICE]), [`ecs:DescribeTasks works on none of ${SERVICE}`]],
  [
    grant(['ecs:UpdateService'], [SERVICE, arn('ecs', 'cluster/apps')]),
    [`nothing works on ${arn('ecs', 'cluster/apps')}`],
  ],
  [
    grant(['s3:GetBucketAcl'], [`${BUCKET}/*`]),
    [`s3:GetBucketAcl works on none of ${BUCKET}/*`, `nothing works on ${BUCKET}/*`],
  ],
  [grant(['s3:GetObject'], [BUCKET]), [`s3:GetObject works on none of ${BUCKET}`, `nothing works on ${BUCKET}`]],
  [grant(['s3:GetObject', 's3:ListBucket'], [BUCKET, `${BUCKET}/*`]), []],
  [grant(['ecs:UpdateService'], [SERVICE], 'ecs:capacity'), ['ecs:UpdateService knows no ecs:capacity']],
  [grant(['ecs:UpdateService'], [SERVICE], 'ecs:cluster', 'aws:SourceAccount', 'aws:ResourceTag/team'), []],
  [grant(['kms:GenerateDataKey*'], [arn('kms', 'key/x')], 'kms:ViaService'), []],
  [grant(['ecr:GetAuthorizationToken'], ['*']), []],
  [grant(['logs:PutLogEvents'], [arn('logs', 'log-group:/aws/codebuild/x:*')]), []],
])('AWS documents %j: %j', async (one, objections) => expect(await objectionsTo(one)).toEqual(objections));
