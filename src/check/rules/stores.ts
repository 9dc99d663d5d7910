import { type ActionDeclaration, isKnown, type PipelineDeclaration, repeated } from './declaration';
import { factsOf } from './providers';
import { API, GUIDE, type ServiceRule } from './service-rule';
import { violation } from './violation';
import { type JsonObject, listOf, objectOf, textOf } from '../../assembly/json';
import type { ResourceModel } from '../../assembly/resource-model';
import { hasUnknown } from '../../assembly/unknown';
import { chooseOneOf, UNIQUE } from '../../common/rules';

const STRUCTURE = `${GUIDE}/pipeline-requirements.html`;
const CROSS_REGION = `${GUIDE}/actions-create-cross-region.html`;
const CROSS_ACCOUNT = `${GUIDE}/pipelines-create-cross-account.html`;
const DEFAULT_APPROVAL_MINUTES = 7 * 24 * 60;

/** Describes an artifact store of the pipeline. */
interface Store {
  readonly path: string;
  /** The Region of a store in ArtifactStores. */
  readonly region?: string;
  readonly properties: JsonObject;
}

/** Rules for artifact stores, Regions and accounts. */
export const STORE_RULES: readonly ServiceRule[] = [
  {
    id: 'ArtifactStore',
    severity: 'error',
    summary: 'A pipeline has either ArtifactStore or ArtifactStores.',
    see: STRUCTURE,
    violations: (pipeline) => {
      const { ArtifactStore, ArtifactStores } = pipeline.properties;
      const hasStores = listOf(ArtifactStores).length > 0;
      if ((ArtifactStore === undefined) === hasStores) return [];
      const fix = hasStores ? 'remove one of them' : 'add ArtifactStore';
      return [violation(pipeline, 'ArtifactStore', { must: 'be set if ArtifactStores is not, and only then', fix })];
    },
  },
  {
    id: 'ArtifactStoreType',
    severity: 'error',
    summary: 'The type of an artifact store is S3, and that of its key KMS.',
    see: `${API}/API_ArtifactStore.html`,
    violations: (pipeline) =>
      storesOf(pipeline).flatMap(({ path, properties: { Type, EncryptionKey } }) =>
        [
          { property: `${path}.Type`, got: Type, expected: 'S3', isSet: true },
          {
            property: `${path}.EncryptionKey.Type`,
            got: objectOf(EncryptionKey).Type,
            expected: 'KMS',
            isSet: EncryptionKey !== undefined,
          },
        ]
          .filter(({ got, expected, isSet }) => isSet && isKnown(got) && got !== expected)
          .map(({ property, got, expected }) =>
            violation(pipeline, property, { must: `be ${expected}`, got, fix: `write ${expected}` }),
          ),
      ),
  },
  {
    id: 'ArtifactStoreOfRegion',
    severity: 'error',
    summary: 'Every Region with an action has an artifact store.',
    see: CROSS_REGION,
    violations: (pipeline) => {
      const { region: pipelineRegion } = pipeline.resource.stack;
      const stores = storesOf(pipeline);
      const regions = stores.map(({ region }) => region ?? pipelineRegion);
      if (stores.length === 0 || regions.some(hasUnknown) || !isKnown(pipeline.properties.ArtifactStores)) return [];
      return pipeline.actions
        .filter(({ region }) => !hasUnknown(region) && !regions.includes(region))
        .map((action) =>
          violation(action, 'Region', {
            must: 'have an artifact store',
            got: action.region,
            fix: `add the Region to ArtifactStores (${regions.join(', ')})`,
          }),
        );
    },
  },
  {
    id: 'ArtifactStoreOfPipeline',
    severity: 'error',
    summary: 'ArtifactStores contains the Region of the pipeline.',
    see: STRUCTURE,
    violations: (pipeline) => {
      const { region } = pipeline.resource.stack;
      const regions = storesOf(pipeline).flatMap((store) => store.region ?? []);
      if (regions.length === 0 || hasUnknown(region) || regions.some(hasUnknown) || regions.includes(region)) return [];
      const fix = `add a store for ${region}`;
      return [violation(pipeline, 'ArtifactStores', { must: `contain ${region}`, got: regions.join(', '), fix })];
    },
  },
  {
    id: 'ArtifactStoreRegionUnique',
    severity: 'error',
    summary: 'A Region has one artifact store.',
    see: STRUCTURE,
    violations: (pipeline) =>
      repeated(storesOf(pipeline), ({ region }) => region ?? '').map(({ path, region }) =>
        violation(pipeline, `${path.replace('.ArtifactStore', '')}.Region`, {
          must: UNIQUE,
          got: region,
          fix: 'remove one of the stores',
        }),
      ),
  },
  {
    id: 'CrossRegionAction',
    severity: 'error',
    summary: 'Source actions and actions of other providers run in the Region of the pipeline.',
    see: CROSS_REGION,
    violations: (pipeline) =>
      pipeline.actions
        .filter(({ category, owner }) => category === 'Source' || owner === 'ThirdParty' || owner === 'Custom')
        .filter(({ region }) => isOther(region, pipeline.resource.stack.region))
        .map((action) =>
          violation(action, 'Region', {
            must: 'be the Region of the pipeline for sources, third-party and custom actions',
            got: action.region,
            fix: 'remove it',
          }),
        ),
  },
  {
    id: 'ActionRegion',
    severity: 'error',
    summary: 'The action type is available in the Region of the action.',
    see: `${GUIDE}/action-reference.html`,
    violations: ({ actions }) =>
      actions.flatMap((action) => {
        const regions = factsOf(action)?.regions;
        if (!regions || hasUnknown(action.region) || regions.includes(action.region)) return [];
        const must = `be a Region with ${action.provider}`;
        return [violation(action, 'Region', { must, got: action.region, fix: chooseOneOf(regions) })];
      }),
  },
  {
    id: 'CrossAccountKey',
    severity: 'error',
    summary: 'A pipeline with an action in another account encrypts its artifacts with a customer managed key.',
    see: CROSS_ACCOUNT,
    violations: (pipeline) => {
      const { account } = pipeline.resource.stack;
      const actions = pipeline.actions.filter((action) => usesArtifacts(action) && isInOtherAccount(action, account));
      if (actions.length === 0) return [];
      return storesOf(pipeline)
        .filter(({ properties: { EncryptionKey } }) => isKnown(EncryptionKey))
        .filter(({ properties: { EncryptionKey } }) => isManagedKey(textOf(objectOf(EncryptionKey).Id)))
        .map(({ path, properties: { EncryptionKey } }) =>
          violation(pipeline, `${path}.EncryptionKey`, {
            must: `be a customer managed key, because ${actions[0].name} runs in another account`,
            got: objectOf(EncryptionKey).Id,
            fix: 'add the ARN of a key that both accounts may use',
          }),
        );
    },
  },
  {
    id: 'CrossAccountKeyArn',
    severity: 'warning',
    summary:
      'A pipeline with an action in another account names its key by ARN, because an ID is that of each account.',
    see: CROSS_ACCOUNT,
    violations: (pipeline) => {
      const { account } = pipeline.resource.stack;
      if (!pipeline.actions.some((action) => usesArtifacts(action) && isInOtherAccount(action, account))) return [];
      return storesOf(pipeline)
        .map(({ path, properties }) => ({ path, id: textOf(objectOf(properties.EncryptionKey).Id) }))
        .filter(({ id }) => id !== '' && !hasUnknown(id) && !id.startsWith('arn:') && !isManagedKey(id))
        .map(({ path, id }) =>
          violation(pipeline, `${path}.EncryptionKey.Id`, {
            must: 'be an ARN',
            got: id,
            fix: 'write the ARN of the key',
          }),
        );
    },
  },
  {
    id: 'ArtifactExpiration',
    severity: 'warning',
    summary: 'Artifacts do not expire before an approval does.',
    see: `${GUIDE}/approvals.html`,
    violations: (pipeline, model) => {
      const days = expirationDays(pipeline, model);
      if (days === undefined) return [];
      return pipeline.actions
        .filter(({ category }) => category === 'Approval')
        .map((action) => ({ action, minutes: Number(action.properties.TimeoutInMinutes ?? DEFAULT_APPROVAL_MINUTES) }))
        .filter(({ minutes }) => minutes > days * 24 * 60)
        .map(({ action, minutes }) =>
          violation(action, 'TimeoutInMinutes', {
            must: `be at most ${days * 24 * 60}, after which the artifacts expire`,
            got: minutes,
            fix: 'shorten the timeout, or keep the objects of the artifact bucket longer',
          }),
        );
    },
  },
];

/** Returns the artifact stores of a pipeline. */
export function storesOf({ properties: { ArtifactStore, ArtifactStores } }: PipelineDeclaration): Store[] {
  const stores = listOf(ArtifactStores).map((store, index) => {
    const { Region, ArtifactStore: inner } = objectOf(store);
    return { path: `ArtifactStores[${index}].ArtifactStore`, region: textOf(Region), properties: objectOf(inner) };
  });
  if (stores.length > 0 || ArtifactStore === undefined) return stores;
  return [{ path: 'ArtifactStore', properties: objectOf(ArtifactStore) }];
}

function isOther(value: string, other: string): boolean {
  return value !== other && !hasUnknown(value) && !hasUnknown(other);
}

function usesArtifacts({ inputs, outputs }: ActionDeclaration): boolean {
  return inputs.length + outputs.length > 0;
}

function isInOtherAccount({ properties: { RoleArn } }: ActionDeclaration, account: string): boolean {
  const roleAccount = textOf(RoleArn).split(':')[4] ?? '';
  return /^\d{12}$/.test(roleAccount) && isOther(roleAccount, account);
}

function isManagedKey(id: string): boolean {
  return id === '' || /(^|:)alias\/aws\//.test(id);
}

/** Returns the shortest time after which an artifact expires. */
function expirationDays(pipeline: PipelineDeclaration, model: ResourceModel): number | undefined {
  const { account, region, partition } = pipeline.resource.stack;
  const days = storesOf(pipeline).flatMap((store) => {
    const arn = `arn:${partition}:s3:::${textOf(store.properties.Location)}`;
    const bucket = model.findNamed('AWS::S3::Bucket', arn, { account, region });
    return listOf(objectOf(bucket?.properties.LifecycleConfiguration).Rules)
      .map(objectOf)
      .filter(({ Status, Prefix, TagFilters }) => Status === 'Enabled' && !Prefix && TagFilters === undefined)
      .map(({ ExpirationInDays }) => Number(ExpirationInDays))
      .filter((number) => number > 0);
  });
  return days.length > 0 ? Math.min(...days) : undefined;
}
