import { aws_iam as iam, CfnResource, DefaultTokenResolver, Tokenization } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Describes a statement that allows actions, with its resources as JSON. */
export interface VisibleStatement {
  /** Patterns of actions; `unknown` for a statement that lists what it does not allow. */
  readonly actions: readonly string[] | 'unknown';
  readonly resources: readonly string[];
}

/** Describes how policies refer to a repository. */
export interface RepositoryIdentity {
  /** Logical id of its resource, if it belongs to the app. */
  readonly logicalId?: string;
  /** Name, if it is known at synth time. */
  readonly repositoryName?: string;
}

/** Matches AWS managed policies that allow pulling from all repositories of the account. */
const PULLING_POLICIES =
  /AmazonECSTaskExecutionRolePolicy|AmazonEC2ContainerRegistry\w+|AdministratorAccess|PowerUserAccess/;

const PULL_EVERYTHING: VisibleStatement = { actions: ['*'], resources: ['*'] };

/**
 * Returns the statements that allow something to a role, from all policies in the app; undefined if the role has a
 * policy whose contents are unknown.
 */
export function statementsOf(role: iam.Role): VisibleStatement[] | undefined {
  const resource = role.node.defaultChild;
  if (!(resource instanceof iam.CfnRole)) return undefined;
  const { logicalId, policies, managedPolicyArns } = resource;
  const id: unknown = resolvedInTemplate(role, logicalId);
  const attached = policiesOf(role.node.root, ({ roles }) => refersTo(resolvedInTemplate(role, roles), id));
  const documents: unknown[] = attached.map(({ policyDocument }) => policyDocument);
  documents.push(
    ...asList(resolvedInTemplate(role, policies)).map(
      (policy) => Object(policy).PolicyDocument ?? Object(policy).policyDocument,
    ),
  );
  const statements: VisibleStatement[] = [];
  for (const arn of asList(resolvedInTemplate(role, managedPolicyArns))) {
    const text = JSON.stringify(arn);
    const [own] = policiesOf(role.node.root, (policy) => refersTo([arn], resolvedInTemplate(role, policy.logicalId)));
    if (own) documents.push(own.policyDocument);
    else if (PULLING_POLICIES.test(text)) statements.push(PULL_EVERYTHING);
    else return undefined;
  }
  return [...statements, ...documents.flatMap((document) => statementsIn(resolvedInTemplate(role, document)))];
}

type CfnPolicy = iam.CfnPolicy | iam.CfnManagedPolicy;

function policiesOf(root: IConstruct, accepts: (policy: CfnPolicy) => boolean): CfnPolicy[] {
  return root.node.findAll().filter((construct): construct is CfnPolicy => {
    if (!CfnResource.isCfnResource(construct)) return false;
    return (construct instanceof iam.CfnPolicy || construct instanceof iam.CfnManagedPolicy) && accepts(construct);
  });
}

/** Returns whether one of some references names a logical id. */
function refersTo(references: unknown, logicalId: unknown): boolean {
  return asList(references).some((reference) => Object(reference).Ref === logicalId);
}

function statementsIn(document: unknown): VisibleStatement[] {
  return asList(Object(document).Statement)
    .filter((statement) => Object(statement).Effect === 'Allow')
    .map((statement) => {
      const { Action, Resource = '*' } = Object(statement) as Record<string, unknown>;
      return {
        actions: Action === undefined ? 'unknown' : asList(Action).map(String),
        resources: asList(Resource).map((resource) =>
          typeof resource === 'string' ? resource : JSON.stringify(resource),
        ),
      };
    });
}

/**
 * Returns whether one of some resources is the repository, or may be it: an ARN that is unknown at synth time is
 * assumed to be the right one.
 */
export function coversRepository(resources: readonly string[], identity: RepositoryIdentity): boolean {
  return resources.some((resource) => covers(resource, identity));
}

function covers(resource: string, { logicalId, repositoryName }: RepositoryIdentity): boolean {
  const [, name] = /repository\/([\w.\/*?-]+)/.exec(resource) ?? [];
  if (name !== undefined && repositoryName !== undefined) return wildcard(name).test(repositoryName);
  const [, attributeOf] = /"Fn::GetAtt":\["(\w+)","Arn"\]/.exec(resource) ?? [];
  return attributeOf === undefined || logicalId === undefined || attributeOf === logicalId;
}

function wildcard(pattern: string): RegExp {
  return new RegExp(
    `^${pattern
      .replace(/[.\/-]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.')}$`,
  );
}

function asList(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** Joins the parts of a text as a template contains them, with intrinsic functions as JSON. */
const AS_TEXT: ConstructorParameters<typeof DefaultTokenResolver>[0] = {
  join: (left: unknown, right: unknown) => [left, right].map(asText).join(''),
};

function asText(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * Returns a value as its own stack would contain it. References are not replaced by imports of other stacks, so that a
 * resource is recognized by its logical id everywhere.
 */
export function resolvedInTemplate(scope: IConstruct, value: unknown): unknown {
  return Tokenization.resolve(value, { scope, resolver: new DefaultTokenResolver(AS_TEXT), preparing: true });
}
