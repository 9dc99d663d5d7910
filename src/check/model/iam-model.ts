import { ResourcePolicies } from './resource-policies';
import { Roles } from './roles';
import { listOf, objectOf, textOf } from '../../assembly/json';
import type { ResourceModel } from '../../assembly/resource-model';

/** The parts of an ARN that qualify a name. */
export interface ArnContext {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
}

/** Models the resources that decide about permissions: roles, resource policies, keys and their aliases. */
export class IamModel {
  public readonly roles: Roles;
  public readonly targets: ResourcePolicies;
  private readonly aliases = new Map<string, string>();
  private readonly aliasesByKey = new Map<string, string[]>();

  constructor(public readonly model: ResourceModel) {
    this.roles = new Roles(model);
    this.targets = new ResourcePolicies(model, this.roles);
    for (const { properties, stack } of model.resources('AWS::KMS::Alias')) {
      const name = textOf(properties.AliasName);
      const keyArn = this.keyArn(textOf(properties.TargetKeyId), stack);
      this.aliases.set(`arn:${stack.partition}:kms:${stack.region}:${stack.account}:${name}`, keyArn);
      this.aliasesByKey.set(keyArn, [...(this.aliasesByKey.get(keyArn) ?? []), name]);
    }
  }

  /**
   * Returns the ARN of a key.
   *
   * @param id the ID, alias or ARN of the key. For an AWS managed key, returns the ARN of its alias
   */
  public keyArn(id: string, context: ArnContext): string {
    const arn = qualifiedKey(id, context);
    if (!arn.includes(':alias/') || arn.includes(':alias/aws/')) return arn;
    const keyArn = this.aliases.get(arn);
    if (keyArn !== undefined) return keyArn;
    const [, , , region, account] = arn.split(':');
    const { unknowns } = this.model;
    const keyId = unknowns.text({ kind: 'runtime', description: `key of ${unknowns.show(arn)}` });
    return `arn:${context.partition}:kms:${region}:${account}:key/${keyId}`;
  }

  /** Returns the customer managed key of a bucket's default encryption. */
  public bucketKey(bucketArn: string): string | undefined {
    const bucket = this.model.find(bucketArn);
    const [rule] = listOf(objectOf(bucket?.properties.BucketEncryption).ServerSideEncryptionConfiguration);
    const id = textOf(objectOf(objectOf(rule).ServerSideEncryptionByDefault).KMSMasterKeyID);
    if (bucket && id !== '') return this.keyArn(id, bucket.stack);
    return undefined;
  }

  /** Returns the key that encrypts a topic of the assembly. */
  public topicKey(topicArn: string): string | undefined {
    const topic = this.model.find(topicArn);
    const id = textOf(topic?.properties.KmsMasterKeyId);
    if (topic && id !== '') return this.keyArn(id, topic.stack);
    return undefined;
  }

  /** Returns the aliases of a key, or undefined if the key is not in the assembly. */
  public aliasesOf(keyArn: string): readonly string[] | undefined {
    return this.aliasesByKey.get(keyArn) ?? (this.model.find(keyArn) ? [] : undefined);
  }
}

function qualifiedKey(id: string, { account, region, partition }: ArnContext): string {
  if (id.startsWith('arn:')) return id;
  const resource = id.startsWith('alias/') ? id : `key/${id}`;
  return `arn:${partition}:kms:${region}:${account}:${resource}`;
}
