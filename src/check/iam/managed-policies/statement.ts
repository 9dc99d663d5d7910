/** One version of a policy of AWS, in short. */
export interface PolicyVersion {
  readonly version: string;
  /** The day AWS made this version the default one. */
  readonly since: string;
  readonly statements: readonly object[];
}

/** By what follows `policy/` in the ARN. */
export type PolicyTable = Readonly<Record<string, PolicyVersion>>;

/** A version of a policy, with the day AWS made it the default one. */
export function version(name: string, since: string, ...statements: object[]): PolicyVersion {
  return {
    version: name,
    since,
    statements,
  };
}

type Texts = string | readonly string[];

/** A statement that allows. `Sid`s are left out everywhere: they decide nothing. */
export function allow(Action: Texts, Resource: Texts = '*', Condition?: object) {
  return {
    Effect: 'Allow',
    Action,
    Resource,
    ...(Condition && { Condition }),
  };
}

/** A statement that allows everything else. */
export function allowAllBut(NotAction: Texts) {
  return { Effect: 'Allow', NotAction, Resource: '*' };
}
