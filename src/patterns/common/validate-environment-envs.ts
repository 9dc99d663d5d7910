import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { type ReferencedResource, referencedResources, requiredNames } from '../../targets/referenced-resources';
import { environmentsOf, crossEnvOf } from '../../render/resolved-env';
import type { EnvironmentPlan } from '../../pipeline/environment-plan';
import { crossAccountSources } from '../../sources/cross-account-sources';
import { allActions, type PipelinePlan } from '../../pipeline/pipeline-plan';
import type { Environment } from '../../pipeline/env';
import { problem, type Problem } from '../../pipeline/problems';
import { outermost } from '../../render/names';
import { elsewhere } from '../../render/same-env-references';
import { literalName } from '../../sources/source-resource';

/** What is wrong with where environments are, and with where that is which they consist of. */
export const checkEnvironmentPlaces = (scope: Construct, plan: PipelinePlan): Problem[] =>
  environmentsOf(plan).flatMap((environment) => {
    const unknown = checkPlaceKnown(scope, `${environment.name}.env`, environment.place);
    return unknown.length > 0
      ? unknown
      : [
          ...checkAccess(scope, environment),
          ...checkReferencedResources(scope, plan, environment),
          ...checkNames(scope, plan, environment),
          ...checkForeignImages(scope, plan, environment),
          ...checkOrigins(scope, plan, environment),
        ];
  });

/**
 * What is made in one account reaches another only by way of that of the pipeline.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create-cross-account.html
 */
function checkOrigins(scope: Construct, plan: PipelinePlan, environment: EnvironmentPlan): Problem[] {
  const home = Stack.of(scope);
  const place = crossEnvOf(scope, environment);
  if (!place || place.account === home.account) return [];
  const foreign = crossAccountSources(plan, home).filter(({ account }) => account !== place.account);
  const steps = allActions(plan).filter((step) => step.environment === environment.name);
  return foreign
    .filter(({ name }) => steps.some(({ inputs }) => inputs.includes(name)))
    .map(({ name, account }) =>
      problem(
        `${environment.name}.target`,
        `release what is made in its account, ${place.account}, or in that of the pipeline, ${home.account}`,
        `${name} of ${account}`,
        "let a build of the pipeline hand it on: BuildStep.shell(['true'], { outputDirectory: '.' })",
      ),
    );
}

const EXAMPLE = { account: "'222222222222'", region: "'eu-west-1'" };

/**
 * Names are made of accounts and regions as soon as two of them are involved, so both must be known then.
 *
 * @param place where something is, as somebody said
 */
function checkPlaceKnown(scope: Construct, prop: string, place: Environment): Problem[] {
  const home = Stack.of(scope);
  return (['account', 'region'] as const)
    .flatMap((key) => {
      const there = place[key];
      if (there === undefined || there === home[key]) return [];
      if (Token.isUnresolved(there)) {
        return [
          problem(
            `${prop}.${key}`,
            `be a known ${key}, or that of the pipeline`,
            'a token',
            `write it as in ${EXAMPLE[key]}`,
          ),
        ];
      }
      return !Token.isUnresolved(home.account) && !Token.isUnresolved(home.region)
        ? []
        : [
            problem(
              prop,
              'stand in a pipeline whose own account and region are known',
              place,
              `give its stack both: ${lineToAdd(home)}`,
            ),
          ];
    })
    .slice(0, 1);
}

/** How a stack says where it is. */
export const lineToAdd = (stack: Stack) =>
  `new Stack(app, '${outermost(stack).node.id}', { env: { account: '111111111111', region: 'eu-west-1' } })`;

/** Where the pipeline is, it makes everything itself. */
const checkAccess = (scope: Construct, environment: EnvironmentPlan): Problem[] =>
  environment.existingAccess && !crossEnvOf(scope, environment)
    ? [
        problem(
          `${environment.name}.existingAccess`,
          'be left out where the pipeline is',
          true,
          "say where the environment is, env: { account: '222222222222', region: 'eu-west-1' }",
        ),
      ]
    : [];

/** What an environment consists of belongs to its account. */
function checkReferencedResources(scope: Construct, plan: PipelinePlan, { name, place }: EnvironmentPlan): Problem[] {
  const { account = Stack.of(scope).account, region = Stack.of(scope).region } = place;
  const steps = allActions(plan).filter(({ environment }) => environment === name);
  return steps
    .flatMap(({ spec }) => referencedResources(spec))
    .flatMap(({ prop, what, resource, regional }) => {
      const there = resource.env;
      if (elsewhere(account, there.account)) {
        return [
          problem(
            `${name}.${prop}`,
            `be ${what} of the account of the environment, ${account}`,
            `${resource.node.path} in ${there.account}`,
            isTakenForHome(resource)
              ? `it counts as one of the stack in which it is looked up; look it up by its ARN, or in a stack of ${account}`
              : `say where the environment is, env: { account: '${there.account}', … }, or pass ${what} of ${account}`,
          ),
        ];
      }
      return regional && elsewhere(region, there.region)
        ? [
            problem(
              `${name}.${prop}`,
              `be ${what} of the region of the environment, ${region}`,
              `${resource.node.path} in ${there.region}`,
              `pass ${what} of ${region}`,
            ),
          ]
        : [];
    });
}

/** The CDK takes what is looked up by a name to be where that is done. */
const isTakenForHome = ({ node, env }: ReferencedResource['resource']) =>
  node.defaultChild === undefined && Stack.of(node.scope!).account === env.account;

/** The image of a function of another account is in a repository that only its stack and the pipeline know. */
function checkForeignImages(scope: Construct, plan: PipelinePlan, { name, place }: EnvironmentPlan): Problem[] {
  if (!elsewhere(Stack.of(scope).account, place.account)) return [];
  return allActions(plan)
    .filter(
      ({ environment, spec }) =>
        environment === name && spec.kind === 'deploy-lambda-image' && spec.repository === undefined,
    )
    .map(() =>
      problem(
        `${name}.target.repository`,
        'be given where the function is in another account than the pipeline',
        undefined,
        'pass the repository that the image is in: the role of the environment must be allowed to read it',
      ),
    );
}

/** What is in another account or region is known by its name there, and by nothing else. */
function checkNames(scope: Construct, plan: PipelinePlan, environment: EnvironmentPlan): Problem[] {
  if (!crossEnvOf(scope, environment)) return [];
  const steps = allActions(plan).filter((step) => step.environment === environment.name);
  return steps
    .flatMap(({ spec }) => requiredNames(spec))
    .filter(({ name }) => literalName(scope, name) === undefined)
    .map(({ prop, what, fix = `give it a ${what}` }) =>
      problem(
        `${environment.name}.${prop}`,
        'have a name that is known here, since it is in another account or region than the pipeline',
        'one that CloudFormation makes up',
        fix,
      ),
    );
}
