import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { App, aws_ecs as ecs, Aws, Fn, Stack } from 'aws-cdk-lib';
import { CLOUDFORMATION_FIELDS, FLOOR_FIELDS } from '../../../src/aws/task-definition-fields';
import { newerFieldsOf } from '../../../src/targets/ecs/newer-fields';

type Change = (resource: ecs.CfnTaskDefinition, definition: ecs.TaskDefinition) => unknown;

function newerFields(change: Change): string {
  const stack = new Stack(new App(), 'Services');
  const definition = new ecs.FargateTaskDefinition(stack, 'Task');
  definition.addContainer('web', {
    image: ecs.ContainerImage.fromRegistry('nginx'),
    portMappings: [{ containerPort: 80 }],
    environment: { restartPolicy: 'always' },
    dockerLabels: { enabled: 'true' },
    logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'web' }),
  });
  const names = newerFieldsOf(definition);
  change(definition.node.defaultChild as ecs.CfnTaskDefinition, definition);
  return stack.resolve(names) as string;
}

const WEB = 'ContainerDefinitions.0';

test.each<[string, string, Change]>([
  ['a definition with fields of 2023', '', () => undefined],
  [
    'a container that is added later',
    'enabled restartPolicy',
    (_, definition) =>
      definition.addContainer('sidecar', {
        image: ecs.ContainerImage.fromRegistry('proxy'),
        enableRestartPolicy: true,
      }),
  ],
  [
    'a container without versions',
    'versionConsistency',
    (_, definition) =>
      definition.addContainer('sidecar', {
        image: ecs.ContainerImage.fromRegistry('proxy'),
        versionConsistency: ecs.VersionConsistency.DISABLED,
      }),
  ],
  [
    'an override with a field that the CDK does not know',
    'futureField futurePart',
    (resource) => resource.addPropertyOverride(`${WEB}.FutureField`, { FuturePart: 'x' }),
  ],
  [
    'a field that CloudFormation may remove',
    '',
    (resource) => resource.addPropertyOverride('Future', { Ref: 'AWS::NoValue' }),
  ],
  [
    'a conditional field',
    '',
    (resource) => resource.addPropertyOverride('Future', Fn.conditionIf('X', 'a', Aws.NO_VALUE)),
  ],
  ['a reference', 'future', (resource) => resource.addPropertyOverride('Future', { Ref: 'Parameter' })],
  ['defaults', '', (resource) => resource.addPropertyOverride(WEB, { Future: false, Futures: [], FuturePart: {} })],
  [
    'a proxy, whose properties CloudFormation names differently',
    '',
    (resource) =>
      resource.addPropertyOverride('ProxyConfiguration', {
        ContainerName: 'envoy',
        ProxyConfigurationProperties: [{ Name: 'ProxyEgressPort', Value: '1' }],
      }),
  ],
])('%s', (_, expected, change) => expect(newerFields(change)).toBe(expected));

/** Fields of the API since July 2023, from the model of botocore 1.44.8. */
const SINCE = [
  'accessPointArn',
  'attestationPolicy',
  'configuredAtLaunch',
  'enabled',
  'enableFaultInjection',
  'fileSystemArn',
  'ignoredExitCodes',
  'isolationMode',
  'maxComputePercent',
  'nvidiaMps',
  'restartAttemptPeriod',
  'restartPolicy',
  's3filesVolumeConfiguration',
  'sharingStrategy',
  'trustedExecutionConfiguration',
  'versionConsistency',
];

// A name that only CloudFormation has would never be in the answer of the API, so each release would fail.
test.each(['aws-cdk-lib', 'aws-cdk-lib-newest'])('all fields of %s are fields of the API', (library) => {
  const file = join(dirname(require.resolve(`${library}/package.json`)), 'aws-ecs/lib/ecs.generated.d.ts');
  const text = readFileSync(file, 'utf8');
  const parts = [
    /export declare namespace CfnTaskDefinition \{[\s\S]+?\n\}/,
    /export interface CfnTaskDefinitionProps \{[\s\S]+?\n\}/,
  ];
  const names = parts
    .flatMap((part) => [...part.exec(text)![0].matchAll(/readonly (\w+)\??:/g)])
    .map(([, name]) => name.toLowerCase());
  expect(names.length).toBeGreaterThan(100);
  const known = [...FLOOR_FIELDS, ...CLOUDFORMATION_FIELDS, ...SINCE.map((name) => name.toLowerCase())];
  expect(names.filter((name) => !known.includes(name))).toEqual([]);
});
