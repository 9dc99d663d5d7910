import type { aws_codebuild as codebuild, aws_iam as iam } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { DeployedSite } from '../../targets/static-site/site-hosting';
import { compact } from '../../common/compact';
import { fail, problem } from '../../pipeline/problems';
import type { RenderedPipeline, RenderedStepRole } from '../../render/rendered';
import { EXISTING_RESOURCE, oneOf } from '../../pipeline/rules';

/** Rendered environments of a pipeline or of a deployment access. */
export type BuiltEnvironments = Pick<RenderedPipeline, 'environments'>;

/** Returns the CodeBuild project of a step. Without a name, there must be a single project. */
export function buildProjectIn(
  pattern: Construct,
  { builds }: RenderedPipeline,
  stepName: string | undefined,
): codebuild.Project {
  return stepNamed(pattern, stepName, builds).project;
}

/** Returns the role that was created for a step. Without a name, there must be a single one. */
export function buildRoleIn(
  pattern: Construct,
  { builds, stepRoles }: RenderedPipeline,
  stepName: string | undefined,
): iam.Role {
  return stepNamed(pattern, stepName, [...builds, ...stepRoles]).role;
}

/** Returns the role that was created for a step without a project. */
export function stepRoleIn(
  pattern: Construct,
  { stepRoles }: Pick<RenderedPipeline, 'stepRoles'>,
  stepName: string,
): iam.Role {
  return stepNamed(pattern, stepName, stepRoles).role;
}

function stepNamed<T extends RenderedStepRole>(
  pattern: Construct,
  stepName: string | undefined,
  steps: readonly T[],
): T {
  if (stepName !== undefined) return find(pattern, 'stepName', stepName, steps, (step) => step.stepName);
  if (steps.length === 1) return steps[0];
  const names = steps.map((step) => `'${step.stepName}'`).join(', ');
  const fix = steps.length > 0 ? `pass one of ${names}` : 'no step of this pipeline has one';
  return fail(pattern, [problem('stepName', 'be set, since the pipeline has no single build', undefined, fix)]);
}

/** Returns the action role of an environment. */
export function actionRoleIn(
  pattern: Construct,
  { environments }: BuiltEnvironments,
  environmentName: string,
): iam.Role {
  return find(pattern, 'environmentName', environmentName, environments, (env) => env.environmentName).actionRole;
}

/** Returns the site of an environment. */
export function siteIn(pattern: Construct, built: BuiltEnvironments, environmentName: string): DeployedSite {
  return find(pattern, 'environmentName', environmentName, sitesIn(built), (site) => site.environmentName);
}

/** Returns the sites of all environments. */
export function sitesIn({ environments }: BuiltEnvironments): DeployedSite[] {
  const sites = environments.map(({ environmentName, site, actionRole }) => {
    return site && { environmentName, bucket: site.bucket, distribution: site.distribution, actionRole };
  });
  return compact(sites);
}

/** Returns the deployment group of an environment, or of one of its deployments. */
export function deploymentGroupIn(
  pattern: Construct,
  { environments }: BuiltEnvironments,
  environmentName: string,
  deploymentName?: string,
) {
  function qualifiedName(environment: string, deployment?: string): string {
    return compact([environment, deployment]).join('/');
  }

  const groups = environments.map(({ deploymentGroup: group, ...env }) => {
    return group && { name: qualifiedName(env.environmentName, env.deploymentName), group };
  });
  const name = qualifiedName(environmentName, deploymentName);
  return find(pattern, 'environmentName', name, compact(groups), (group) => group.name).group;
}

/** Returns the execution role of CloudFormation in an environment. */
export function cloudFormationRoleIn(
  pattern: Construct,
  { environments }: BuiltEnvironments,
  environmentName: string,
): iam.IRole {
  const roles = environments.map(({ environmentName: name, cloudFormationRole: role }) => role && { name, role });
  return find(pattern, 'environmentName', environmentName, compact(roles), ({ name }) => name).role;
}

/** Returns the item with a name, or throws an error that lists the names of all items. */
function find<T>(pattern: Construct, prop: string, name: string, items: readonly T[], nameOf: (item: T) => string): T {
  const match = items.find((item) => nameOf(item) === name);
  if (match) return match;
  if (items.length === 0) {
    return fail(pattern, [problem(prop, EXISTING_RESOURCE, name, 'the pattern has none of this kind')]);
  }
  const rule = oneOf(items.map(nameOf));
  return fail(pattern, [problem(prop, rule, name, 'pass one of these names')]);
}
