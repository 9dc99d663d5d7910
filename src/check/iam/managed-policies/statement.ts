/** Describes a version of an AWS managed policy. */
export interface PolicyVersion {
  readonly version: string;
  /** The date on which AWS made this version the default. */
  readonly since: string;
  readonly statements: readonly object[];
}

/** Maps the part after `policy/` in the ARN to the policy. */
export type PolicyTable = Readonly<Record<string, PolicyVersion>>;

/** Creates a version of a policy, with the date on which AWS made it the default. */
export function version(name: string, since: string, ...statements: object[]): PolicyVersion {
  return { version: name, since, statements };
}

type Values = string | readonly string[];

/** Creates an allow statement. The statements have no `Sid`, because it does not affect permissions. */
export function allow(Action: Values, Resource: Values = '*', Condition?: object) {
  const statement = { Effect: 'Allow', Action, Resource };
  if (Condition === undefined) return statement;
  return { ...statement, Condition };
}

/** Creates a statement that allows all other actions. */
export function allowAllBut(NotAction: Values) {
  return { Effect: 'Allow', NotAction, Resource: '*' };
}
