import { Annotations, aws_ecr as ecr, aws_iam as iam, CfnResource, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { coversRepository, resolvedInTemplate, statementsOf, type VisibleStatement } from './visible-policies';
import { imageConsumers } from '../../pipeline/image-consumers';
import type { PipelinePlan } from '../../pipeline/pipeline-plan';

/** Describes the pull of an image by the tasks that a step starts. */
interface TaskPull {
  readonly step: string;
  readonly role: iam.Role;
  readonly repository: ecr.IRepository;
}

/**
 * Adds a warning if an execution role of this app is not allowed to pull the images of a release. It is evaluated at
 * the end of the synthesis, because policies can be extended until then. It is not an error, because policies outside
 * of the app may allow the pull.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
export function checkPullPermission(scope: Construct, plan: PipelinePlan): void {
  const pulls = taskPulls(plan);
  if (pulls.length === 0) return;
  scope.node.addValidation({
    validate: () => {
      for (const { step, role, repository } of pulls) {
        const missing = missingActions(role, repository);
        if (missing.length === 0) continue;
        const id = `${role.node.path}-${repository.node.path}`.replace(/\//g, '-');
        Annotations.of(scope).addWarningV2(
          `cdk-pipeline-patterns:image-pull[${id}]`,
          `'${step}' starts tasks with images of ${repository.node.path}, but their execution role, ` +
            `${role.node.path}, lacks ${missing.join(', ')}, so they cannot pull them. ` +
            'Call repository.grantPull(taskDefinition.obtainExecutionRole()).',
        );
      }
      return [];
    },
  });
}

/** Returns the pulls by execution roles of this app, without duplicates. */
function taskPulls(plan: PipelinePlan): TaskPull[] {
  const pulls = new Map<string, TaskPull>();
  for (const { step, image, taskDefinition } of imageConsumers(plan)) {
    const role = taskDefinition?.executionRole;
    if (!image || !(role instanceof iam.Role)) continue;
    pulls.set(`${role.node.path} ${image.repository.node.path}`, { step, role, repository: image.repository });
  }
  return [...pulls.values()];
}

/** Actions that a pull requires on the repository. The token of the registry has no resource level. */
const PULL = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const TOKEN = 'ecr:GetAuthorizationToken';

/** Returns the actions that no visible policy allows; none if a policy of the role is unknown. */
function missingActions(role: iam.Role, repository: ecr.IRepository): string[] {
  const statements = statementsOf(role);
  if (statements === undefined) return [];
  const onRepository = statements.filter(({ resources }) => coversRepository(resources, identityOf(repository)));
  const onEverything = statements.filter(({ resources }) => resources.includes('*'));
  return [
    ...PULL.filter((action) => !allows(onRepository, action)),
    ...[TOKEN].filter((action) => !allows(onEverything, action)),
  ];
}

function allows(statements: readonly VisibleStatement[], action: string): boolean {
  return statements.some(({ actions }) => actions === 'unknown' || actions.some((pattern) => matches(pattern, action)));
}

function matches(pattern: string, action: string): boolean {
  const words = pattern.split(/([*?])/).map((part) => WILDCARDS[part] ?? part.replace(/[^\w:-]/g, '\\$&'));
  return new RegExp(`^${words.join('')}$`, 'i').test(action);
}

const WILDCARDS: Readonly<Record<string, string>> = { '*': '.*', '?': '.' };

/** Returns how policies of any stack refer to a repository. */
function identityOf(repository: ecr.IRepository) {
  const { defaultChild } = repository.node;
  const resource = CfnResource.isCfnResource(defaultChild) ? defaultChild : undefined;
  const name = (resource as Partial<ecr.CfnRepository> | undefined)?.repositoryName ?? repository.repositoryName;
  const resolved = resolvedInTemplate(repository, name);
  return {
    logicalId: resource && Stack.of(resource).getLogicalId(resource),
    repositoryName: typeof resolved === 'string' ? resolved : undefined,
  };
}
