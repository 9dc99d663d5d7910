import type { aws_codebuild as codebuild, aws_iam as iam } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { DeployedSite } from '../../targets/static-site/site-hosting';
import { fail, problem } from '../../pipeline/problems';
import type { RenderedPipeline, RenderedStepRole } from '../../render/rendered';

/** What was made for environments, by a pipeline or apart from it. */
export type BuiltEnvironments = Pick<RenderedPipeline, 'environments'>;

/** Returns the CodeBuild project of a step; without a name that of the only one. */
export function buildProjectIn(
  pattern: Construct,
  { builds }: RenderedPipeline,
  stepName: string | undefined,
): codebuild.Project {
  return stepNamed(pattern, stepName, builds).project;
}

/** Returns the role that was created for a step; without a name that of the only one. */
export function buildRoleIn(
  pattern: Construct,
  { builds, stepRoles }: RenderedPipeline,
  stepName: string | undefined,
): iam.Role {
  return stepNamed(pattern, stepName, [...builds, ...stepRoles]).role;
}

function stepNamed<T extends RenderedStepRole>(
  pattern: Construct,
  stepName: string | undefined,
  steps: readonly T[],
): T {
  if (stepName !== undefined) return named(pattern, 'stepName', stepName, steps, (step) => step.stepName);
  if (steps.length === 1) return steps[0];
  const names = steps.map((step) => `'${step.stepName}'`).join(', ');
  const fix = steps.length > 0 ? `pass one of ${names}` : 'no step of this pipeline has one';
  return fail(pattern, [problem('stepName', 'be set, since the pipeline has no single build', undefined, fix)]);
}

/** The role that deploys to an environment. */
export function actionRoleIn(
  pattern: Construct,
  { environments }: BuiltEnvironments,
  environmentName: string,
): iam.Role {
  return named(pattern, 'environmentName', environmentName, environments, (one) => one.environmentName).actionRole;
}

/** The site of an environment. */
export function siteIn(pattern: Construct, built: BuiltEnvironments, environmentName: string): DeployedSite {
  return named(pattern, 'environmentName', environmentName, sitesIn(built), (one) => one.environmentName);
}

/** The sites of all environments. */
export function sitesIn({ environments }: BuiltEnvironments): DeployedSite[] {
  return environments.flatMap(({ environmentName, site, actionRole }) =>
    site ? [{ environmentName, bucket: site.bucket, distribution: site.distribution, actionRole }] : [],
  );
}

/** The deployment group of an environment, or of one of its deployments. */
export function deploymentGroupIn(
  pattern: Construct,
  { environments }: BuiltEnvironments,
  environmentName: string,
  deploymentName?: string,
) {
  const groups = environments.flatMap(
    ({ environmentName: environment, deploymentName: part, deploymentGroup: group }) =>
      group ? [{ name: [environment, ...(part === undefined ? [] : [part])].join('/'), group }] : [],
  );
  const wanted = [environmentName, ...(deploymentName === undefined ? [] : [deploymentName])].join('/');
  return named(pattern, 'environmentName', wanted, groups, ({ name }) => name).group;
}

/** The role with which CloudFormation works on the stack of an environment. */
export function cloudFormationRoleIn(
  pattern: Construct,
  { environments }: BuiltEnvironments,
  environmentName: string,
): iam.IRole {
  const roles = environments.flatMap(({ environmentName: name, cloudFormationRole: role }) =>
    role ? [{ name, role }] : [],
  );
  return named(pattern, 'environmentName', environmentName, roles, ({ name }) => name).role;
}

function named<T>(pattern: Construct, prop: string, name: string, all: readonly T[], nameOf: (one: T) => string): T {
  const found = all.find((one) => nameOf(one) === name);
  if (found) return found;
  const rule =
    all.length > 0 ? `be one of ${all.map((one) => `'${nameOf(one)}'`).join(', ')}` : 'name something that there is';
  return fail(pattern, [problem(prop, rule, name, 'use the name that it was given')]);
}
