import { ResourcePolicies } from './resource-policies';
import { Roles } from './roles';
import { listOf, objectOf, textOf } from '../../assembly/json';
import type { ResourceModel } from '../../assembly/resource-model';

/** A place in which a name has a meaning. */
export interface ArnContext {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
}

/** The world as IAM sees it: roles, policies of resources, keys and their aliases. */
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

  /** The ARN of a key given as its id, its alias or its ARN. A key that AWS manages goes by the ARN of its alias. */
  public keyArn(id: string, { account, region, partition }: ArnContext): string {
    const arn = id.startsWith('arn:')
      ? id
      : `arn:${partition}:kms:${region}:${account}:${id.startsWith('alias/') ? id : `key/${id}`}`;
    if (!arn.includes(':alias/') || arn.includes(':alias/aws/')) return arn;
    const [, , , keyRegion, keyAccount] = arn.split(':');
    return (
      this.aliases.get(arn) ??
      `arn:${partition}:kms:${keyRegion}:${keyAccount}:key/${this.model.unknowns.text({ kind: 'runtime', description: `key of ${this.model.unknowns.show(arn)}` })}`
    );
  }

  /** The customer key with which a bucket of the assembly encrypts when a request names none. */
  public bucketKey(bucketArn: string): string | undefined {
    const bucket = this.model.find(bucketArn);
    const [rule] = listOf(objectOf(bucket?.properties.BucketEncryption).ServerSideEncryptionConfiguration);
    const id = textOf(objectOf(objectOf(rule).ServerSideEncryptionByDefault).KMSMasterKeyID);
    return bucket && id !== '' ? this.keyArn(id, bucket.stack) : undefined;
  }

  /** The key that encrypts a topic of the assembly. */
  public topicKey(topicArn: string): string | undefined {
    const topic = this.model.find(topicArn);
    const id = textOf(topic?.properties.KmsMasterKeyId);
    return topic && id !== '' ? this.keyArn(id, topic.stack) : undefined;
  }

  /** The aliases of a key of the assembly; undefined when the key is not in it. */
  public aliasesOf(keyArn: string): readonly string[] | undefined {
    return this.aliasesByKey.get(keyArn) ?? (this.model.find(keyArn) ? [] : undefined);
  }
}
