import type { PipelineDeclaration } from './declaration';
import type { ServiceRule } from './service-rule';
import type { Violation } from './violation';
import { type JsonObject, listOf, objectOf, textOf } from '../../assembly/json';
import type { ResourceModel } from '../../assembly/resource-model';
import type { ModelResource } from '../../assembly/scope';
import { compact } from '../../common/compact';

const TRUST = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html';
const ASSUME = ['sts:AssumeRole', 'sts:*', '*'];

/** Rules for the roles that a pipeline uses. */
export const TRUST_RULES: readonly ServiceRule[] = [
  {
    id: 'TrustTooBroad',
    severity: 'warning',
    summary: 'No role of a pipeline trusts every principal without a condition.',
    see: TRUST,
    violations: (pipeline, model) =>
      rolesOf(pipeline, model).flatMap((role) =>
        statementsOf(role)
          .filter(({ statement }) => isOpenToAll(statement))
          .map(({ index }): Violation => ({
            resource: role,
            path: `AssumeRolePolicyDocument.Statement[${index}].Principal`,
            must: "not be '*' without a condition, because every account could assume the role",
            got: '*',
            fix: 'name the service or the account that assumes the role',
          })),
      ),
  },
];

/** Returns the role of the pipeline, and the roles of its actions. */
function rolesOf({ properties, steps }: PipelineDeclaration, model: ResourceModel): ModelResource[] {
  const arns = [properties.RoleArn, ...steps.map((step) => step.properties.RoleArn)].map(textOf);
  return compact([...new Set(arns)].map((arn) => roleOf(arn, model)));
}

function roleOf(arn: string, model: ResourceModel): ModelResource | undefined {
  const resource = model.find(arn);
  return resource?.type === 'AWS::IAM::Role' ? resource : undefined;
}

function statementsOf({ properties: { AssumeRolePolicyDocument } }: ModelResource) {
  return listOf(objectOf(AssumeRolePolicyDocument).Statement).map((statement, index) => ({
    index,
    statement: objectOf(statement),
  }));
}

function isOpenToAll({ Effect, Action, Principal, Condition }: JsonObject): boolean {
  const isTrust = Effect === 'Allow' && listOf(Action).some((action) => ASSUME.includes(textOf(action)));
  const principals = [Principal, ...listOf(objectOf(Principal).AWS)];
  return isTrust && principals.includes('*') && Object.keys(objectOf(Condition)).length === 0;
}
