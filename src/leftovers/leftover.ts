/** Describes a resource that stays after a new version of an app is deployed. */
export interface Leftover {
  /** The kind of the leftover. */
  readonly kind: 'deployed-stack' | 'helm-release' | 'kubernetes-manifests' | 'stack' | 'retained-resource';
  /**
   * Whether it should be removed before or after the deployment. Roles of an environment are removed with it, and some
   * removals need them.
   */
  readonly remove: 'before' | 'after';
  /** Undefined if the stack is environment-agnostic. */
  readonly account?: string;
  /** Undefined if the stack is environment-agnostic. */
  readonly region?: string;
  /** The type of the resource, such as `AWS::S3::Bucket`. */
  readonly type: string;
  /** The physical name, or undefined if CloudFormation generates it. */
  readonly name?: string;
  /** The name of the stack that contains it, if it is a resource of a stack. */
  readonly stack?: string;
  /** The logical id, if it is a resource of a stack. */
  readonly logicalId?: string;
  /** The reason why it stays. */
  readonly reason: string;
  /** A command or an instruction that removes it. */
  readonly command: string;
}

/** Describes an account and a Region. */
export interface LeftoverEnv {
  readonly account?: string;
  readonly region?: string;
}

/** Returns the option of the AWS CLI that selects a Region. */
export function regionOption({ region }: LeftoverEnv): string {
  return region === undefined ? '' : ` --region ${word(region)}`;
}

/** Returns a text of a template as a word of a shell command. */
export function word(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replace(/'/g, "'\\''")}'`;
}
