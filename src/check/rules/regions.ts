import { type ActionDeclaration, isKnown, type PipelineDeclaration } from './declaration';
import { GUIDE, type ServiceRule } from './service-rule';
import { storesOf } from './stores';
import { violation } from './violation';
import { objectOf, textOf } from '../../assembly/json';
import type { ResourceModel } from '../../assembly/resource-model';
import type { ModelResource } from '../../assembly/scope';
import { hasUnknown } from '../../assembly/unknown';
import { REGIONS, WITHOUT_CODE_PIPELINE } from '../../aws/regions';
import { closest } from '../../common/closest';
import { didYouMean } from '../../common/rules';

const CROSS_REGION = `${GUIDE}/actions-create-cross-region.html`;

/** The resource that an action of a provider works on: the configuration key with its name, and its type. */
const RESOURCES: Readonly<Record<string, { readonly key: string; readonly type: string }>> = {
  'Source S3': { key: 'S3Bucket', type: 'AWS::S3::Bucket' },
  'Source CodeCommit': { key: 'RepositoryName', type: 'AWS::CodeCommit::Repository' },
  'Source ECR': { key: 'RepositoryName', type: 'AWS::ECR::Repository' },
  'Build CodeBuild': { key: 'ProjectName', type: 'AWS::CodeBuild::Project' },
  'Test CodeBuild': { key: 'ProjectName', type: 'AWS::CodeBuild::Project' },
  'Deploy S3': { key: 'BucketName', type: 'AWS::S3::Bucket' },
  'Deploy ECS': { key: 'ServiceName', type: 'AWS::ECS::Service' },
  'Deploy CodeDeploy': { key: 'DeploymentGroupName', type: 'AWS::CodeDeploy::DeploymentGroup' },
  'Deploy CodeDeployToECS': { key: 'DeploymentGroupName', type: 'AWS::CodeDeploy::DeploymentGroup' },
  'Deploy Lambda': { key: 'FunctionName', type: 'AWS::Lambda::Function' },
  'Invoke Lambda': { key: 'FunctionName', type: 'AWS::Lambda::Function' },
  'Invoke StepFunctions': { key: 'StateMachineArn', type: 'AWS::StepFunctions::StateMachine' },
};

/** Rules for the Regions of a pipeline and of the resources that it uses. */
export const REGION_RULES: readonly ServiceRule[] = [
  {
    id: 'RegionOfCodePipeline',
    severity: 'error',
    summary: 'CodePipeline is available in the Regions of artifact stores and actions.',
    see: 'https://docs.aws.amazon.com/general/latest/gr/codepipeline.html',
    violations: (pipeline) => {
      const stores = storesOf(pipeline)
        .filter(({ region }) => region !== undefined)
        .map(({ path, region }) => ({
          declared: pipeline,
          property: `${path.replace('.ArtifactStore', '')}.Region`,
          region: region!,
        }));
      const actions = pipeline.steps
        .filter(({ properties }) => properties.Region !== undefined)
        .map((declared) => ({ declared, property: 'Region', region: declared.region }));
      return [...stores, ...actions].flatMap(({ declared, property, region }) => {
        const fix = regionFix(region);
        if (fix === undefined) return [];
        return [violation(declared, property, { must: 'be a Region with CodePipeline', got: region, fix })];
      });
    },
  },
  {
    id: 'ArtifactBucketRegion',
    severity: 'error',
    summary: 'The bucket of an artifact store is in the Region and in the account of the store.',
    see: CROSS_REGION,
    violations: (pipeline, model) =>
      storesOf(pipeline).flatMap(({ path, region = pipeline.resource.stack.region, properties: { Location } }) => {
        const { account } = pipeline.resource.stack;
        const bucket = bucketNamed(textOf(Location), pipeline, model);
        if (bucket === undefined) return [];
        const isElsewhere = differs(bucket.stack.region, region) || differs(bucket.stack.account, account);
        if (!isElsewhere) return [];
        return [
          violation(pipeline, `${path}.Location`, {
            must: `be a bucket in ${region} and in the account of the pipeline`,
            got: `${bucket.logicalId} in ${bucket.stack.region} of account ${bucket.stack.account}`,
            fix: 'use a bucket of this Region',
          }),
        ];
      }),
  },
  {
    id: 'ArtifactKeyRegion',
    severity: 'error',
    summary: 'The key of an artifact store is in the Region of the store.',
    see: CROSS_REGION,
    violations: (pipeline) =>
      storesOf(pipeline).flatMap(({ path, region = pipeline.resource.stack.region, properties: { EncryptionKey } }) => {
        const id = textOf(objectOf(EncryptionKey).Id);
        const [, , service, keyRegion] = id.split(':');
        if (service !== 'kms' || !differs(keyRegion, region)) return [];
        return [
          violation(pipeline, `${path}.EncryptionKey.Id`, {
            must: `be a key in ${region}`,
            got: id,
            fix: 'use a key of this Region, e.g. a replica',
          }),
        ];
      }),
  },
  {
    id: 'ActionResourceRegion',
    severity: 'error',
    summary: 'The resource that an action works on is in the Region of the action.',
    see: `${GUIDE}/action-requirements.html`,
    violations: (pipeline, model) =>
      pipeline.actions.flatMap((action) => {
        const { key = '', type = '' } = RESOURCES[`${action.category} ${action.provider}`] ?? {};
        const resource = resourceElsewhere(action, textOf(action.configuration[key]), type, pipeline, model);
        if (resource === undefined) return [];
        return [
          violation(action, 'Region', {
            must: `be ${resource.stack.region}, the Region of ${resource.logicalId} in Configuration.${key}`,
            got: action.region,
            fix:
              action.category === 'Source'
                ? 'move the resource to the Region of the pipeline'
                : `set Region: ${resource.stack.region}, and add an artifact store for it`,
          }),
        ];
      }),
  },
  {
    id: 'ApprovalTopicRegion',
    severity: 'error',
    summary: 'The topic of a manual approval is in the Region of the pipeline.',
    see: `${GUIDE}/approvals.html`,
    violations: ({ actions, resource: { stack } }) =>
      actions
        .filter(({ category }) => category === 'Approval')
        .map((action) => ({ action, arn: textOf(action.configuration.NotificationArn) }))
        .filter(({ arn }) => arn.split(':')[2] === 'sns' && differs(arn.split(':')[3], stack.region))
        .map(({ action, arn }) =>
          violation(action, 'Configuration.NotificationArn', {
            must: `be a topic in ${stack.region}`,
            got: arn,
            fix: 'use a topic of this Region',
          }),
        ),
  },
];

/** Returns whether two known values differ. */
function differs(value: string | undefined, other: string): boolean {
  return value !== undefined && value !== '' && value !== other && !hasUnknown(value) && !hasUnknown(other);
}

/** The directions in the codes of Regions, and the areas with their letters in alphabetical order. */
const DIRECTIONS = /^(north|south|east|west|central|northeast|northwest|southeast|southwest)$/;
const AREAS = new Set(REGIONS.map((region) => sortedLetters(region.split('-')[0])));

/** Returns how to correct a Region, or undefined if it may be a Region with CodePipeline, including future ones. */
function regionFix(region: string): string | undefined {
  if (!isKnown(region) || region === '' || region.includes('#{')) return undefined;
  if (WITHOUT_CODE_PIPELINE.includes(region)) return 'choose another Region';
  if (REGIONS.includes(region)) return undefined;
  const [area, ...rest] = region.split('-');
  const [number, direction] = rest.reverse();
  const isTransposed = AREAS.has(sortedLetters(area)) && !REGIONS.some((known) => known.startsWith(`${area}-`));
  if (/^\d$/.test(number ?? '') && DIRECTIONS.test(direction ?? '') && !isTransposed) return undefined;
  const similar = closest(region, REGIONS);
  return similar === undefined ? 'write the code of the Region, e.g. eu-west-1' : didYouMean(similar);
}

function sortedLetters(text: string): string {
  return [...text].sort().join('');
}

function bucketNamed(name: string, { resource: { stack } }: PipelineDeclaration, model: ResourceModel) {
  const resource = model.find(`arn:${stack.partition}:s3:::${name}`);
  return resource?.type === 'AWS::S3::Bucket' ? resource : undefined;
}

/**
 * Returns the resource of an action if it is only in another Region of the account of the action. Except for buckets, a
 * fixed name can also be that of a resource in the Region of the action that is not in the assembly.
 */
function resourceElsewhere(
  action: ActionDeclaration,
  name: string,
  type: string,
  pipeline: PipelineDeclaration,
  model: ResourceModel,
): ModelResource | undefined {
  if (name === '' || hasUnknown(name) || name.includes('#{')) return undefined;
  const account = textOf(action.properties.RoleArn).split(':')[4] ?? pipeline.resource.stack.account;
  const { region } = action;
  if (hasUnknown(region) || hasUnknown(account)) return undefined;
  const isCertain = type === 'AWS::S3::Bucket' || name.startsWith('arn:') || model.show(name) !== name;
  const candidates = isCertain ? model.resources(type).filter((item) => item.name === name || item.arn === name) : [];
  if (candidates.some(({ stack }) => stack.region === region || hasUnknown(stack.region))) return undefined;
  return candidates.find(({ stack }) => stack.account === account);
}
