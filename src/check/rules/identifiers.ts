import { type ActionDeclaration, isKnown, type PipelineDeclaration } from './declaration';
import { API, GUIDE, type ServiceRule } from './service-rule';
import { type Violation, violation } from './violation';
import { listOf, objectOf, textOf } from '../../assembly/json';
import { STACK_NAME } from '../../aws/limits';

const ROLE_ARN = /^arn:aws(-\w+)*:iam::\d{12}:role\/.+$/;
const BUCKET_NAME = /^[a-zA-Z0-9.-]{3,63}$/;

/** Configuration keys with the name of a bucket, by action type. */
const BUCKET_KEYS: Readonly<Record<string, string>> = { 'Source S3': 'S3Bucket', 'Deploy S3': 'BucketName' };

/** Configuration keys with an ARN: the service of the ARN, and the page that documents the key. */
const ARN_KEYS: Readonly<Record<string, { readonly key: string; readonly service: string }>> = {
  'Invoke StepFunctions': { key: 'StateMachineArn', service: 'states' },
  'Approval Manual': { key: 'NotificationArn', service: 'sns' },
  'Deploy CloudFormation': { key: 'RoleArn', service: 'iam' },
  'Deploy CloudFormationStackSet': { key: 'AdministrationRoleArn', service: 'iam' },
  'Test DeviceFarm': { key: 'DevicePoolArn', service: 'devicefarm' },
};

/** Rules for names and ARNs of other resources. */
export const IDENTIFIER_RULES: readonly ServiceRule[] = [
  {
    id: 'RoleArn',
    severity: 'error',
    summary: 'The roles of a pipeline, of its actions and of its rules are ARNs of roles.',
    see: `${API}/API_PipelineDeclaration.html`,
    violations: (pipeline) =>
      [pipeline, ...pipeline.steps].flatMap((declared) => {
        const { RoleArn } = declared.properties;
        if (RoleArn === undefined && declared !== pipeline) return [];
        if (!isKnown(RoleArn) || ROLE_ARN.test(textOf(RoleArn))) return [];
        return [violation(declared, 'RoleArn', { must: 'be the ARN of a role', got: RoleArn, fix: arnFix(RoleArn) })];
      }),
  },
  {
    id: 'BucketName',
    severity: 'error',
    summary: 'The buckets of artifact stores, S3 sources and S3 deployments are names of 3 to 63 characters.',
    see: `${API}/API_ArtifactStore.html`,
    violations: (pipeline) => [
      ...locationsOf(pipeline)
        .filter(({ location }) => isWrongBucket(location))
        .map(({ path, location }) => violation(pipeline, path, { ...NAME_OF_BUCKET, got: location })),
      ...pipeline.actions.flatMap((action) => {
        const key = BUCKET_KEYS[`${action.category} ${action.provider}`];
        const name = key && action.configuration[key];
        // A variable of an earlier action can be the name.
        if (key === undefined || textOf(name) === '' || textOf(name).includes('#{') || !isWrongBucket(name)) return [];
        return [violation(action, `Configuration.${key}`, { ...NAME_OF_BUCKET, got: name })];
      }),
    ],
  },
  {
    id: 'ConfigurationArn',
    severity: 'error',
    summary: 'Configuration values that name a state machine, a topic, a role or a device pool are ARNs.',
    see: `${GUIDE}/structure-configuration-examples.html`,
    violations: ({ actions }) =>
      actions.flatMap((action) => {
        const { key, service } = ARN_KEYS[`${action.category} ${action.provider}`] ?? {};
        const value = textOf(key && action.configuration[key]);
        if (key === undefined || value === '' || !isKnown(value) || value.includes('#{')) return [];
        if (new RegExp(`^arn:aws(-\\w+)*:${service}:`).test(value)) return [];
        const must = `be an ARN of the service ${service}`;
        return [violation(action, `Configuration.${key}`, { must, got: value, fix: arnFix(value) })];
      }),
  },
  stackNameRule('StackName', 'stack', 'API_CreateStack'),
  stackNameRule('ChangeSetName', 'change set', 'API_CreateChangeSet'),
];

const NAME_OF_BUCKET = {
  must: 'be the name of a bucket, with 3 to 63 letters, digits, dots and hyphens',
  fix: 'write the name without arn:aws:s3:::, s3:// and a path',
} as const;

function isWrongBucket(name: unknown): boolean {
  return isKnown(name) && !BUCKET_NAME.test(textOf(name));
}

function locationsOf({ properties: { ArtifactStore, ArtifactStores } }: PipelineDeclaration) {
  const stores = listOf(ArtifactStores).map((store, index) => ({
    path: `ArtifactStores[${index}].ArtifactStore.Location`,
    location: objectOf(objectOf(store).ArtifactStore).Location,
  }));
  const single = { path: 'ArtifactStore.Location', location: objectOf(ArtifactStore).Location };
  return [single, ...stores].filter(({ location }) => location !== undefined);
}

function arnFix(value: unknown): string {
  return value === undefined ? 'add it' : 'write the ARN, e.g. with Fn::GetAtt; Ref returns the name of many resources';
}

function stackNameRule(key: 'StackName' | 'ChangeSetName', noun: string, operation: string): ServiceRule {
  const { pattern, maxLength } = STACK_NAME;

  function isWrong(name: string): boolean {
    return name !== '' && isKnown(name) && !name.includes('#{') && (!pattern.test(name) || name.length > maxLength);
  }

  return {
    id: key,
    severity: 'error',
    summary: `The name of a ${noun} begins with a letter, and has at most ${maxLength} letters, digits and hyphens.`,
    see: `https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/${operation}.html`,
    violations: ({ actions }) =>
      actions
        .filter(({ provider, owner }: ActionDeclaration) => owner === 'AWS' && provider === 'CloudFormation')
        .map((action) => ({ action, name: textOf(action.configuration[key]) }))
        .filter(({ name }) => isWrong(name))
        .map(({ action, name }): Violation =>
          violation(action, `Configuration.${key}`, {
            must: `begin with a letter, and have at most ${maxLength} letters, digits and '-'`,
            got: name,
            fix: 'replace the other characters',
          }),
        ),
  };
}
