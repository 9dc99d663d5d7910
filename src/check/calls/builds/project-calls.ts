import { Build, buildOf } from './build';
import { cdkCalls } from './cdk-commands';
import { dockerCalls } from './docker-commands';
import { logCalls, reportCalls } from './build-outputs';
import { cacheCalls, imageCalls, networkCalls, secretCalls } from './project-dependencies';
import type { ModelResource } from '../../../assembly/scope';
import { objectOf, textOf } from '../../../assembly/json';
import type { IamModel } from '../../model/iam-model';
import { readArtifact, writeArtifact } from '../artifacts';
import { ActionContext, Call, configured, fill, StoredArtifact } from '../call';
import { connectionCall, repositoryContext } from '../connection';
import { assumedBy, roleArn } from '../pass-role';

const SERVICE_ROLE = 'https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html';
const CLONE = 'https://docs.aws.amazon.com/codepipeline/latest/userguide/troubleshooting.html';

/** What a build does under its service role, besides what its commands call. */
export function projectCalls(
  project: ModelResource,
  context: ActionContext,
  outputs: readonly StoredArtifact[],
): Call[] {
  const build = buildOf(project, context);
  const common = { caller: { role: build.role }, from: project.stack };
  return [
    assumedBy('codebuild.amazonaws.com', build.role, project.stack, {
      source: SERVICE_ROLE,
      context: { 'aws:sourcearn': [project.arn!] },
    }),
    ...context.inputs.flatMap((artifact) =>
      artifact.cloneOf
        ? // The artifact tells from where to clone.
          [
            ...readArtifact(common, artifact, SERVICE_ROLE).map((one): Call => ({ ...one, basis: 'inferred' })),
            cloneCall(artifact.cloneOf, build),
          ]
        : readArtifact(common, artifact, SERVICE_ROLE),
    ),
    ...[logCalls, reportCalls, secretCalls, imageCalls, networkCalls, cacheCalls, cdkCalls, dockerCalls].flatMap(
      (calls) => calls(build),
    ),
    ...outputs.flatMap((artifact) => writeArtifact(common, artifact, SERVICE_ROLE)),
  ];
}

/** The key that a project writes its artifacts with: its own, never that of the artifact store. */
export function projectKey(model: IamModel, { properties, stack }: ModelResource) {
  return model.keyArn(textOf(properties.EncryptionKey) || 'alias/aws/s3', stack);
}

/** ARN of a CodeCommit repository that an action names. */
export const REPOSITORY = 'arn:{partition}:codecommit:{region}:{account}:{RepositoryName}';

/** A full clone is fetched by the build itself. */
function cloneCall(source: ActionContext, { call }: Build): Call {
  const connection = configured(source, 'ConnectionArn');
  return connection === undefined
    ? call('codecommit:GitPull', fill(REPOSITORY, source), { step: 'read', source: CLONE })
    : connectionCall(connection, (api, more) =>
        call(api, connection, { step: 'read', source: CLONE, ...repositoryContext(source), ...more }),
      );
}

/** Starting the builds of a batch under the role of the batch. */
export function batchCalls(project: ModelResource): Call[] {
  const {
    properties: { BuildBatchConfig },
    stack,
  } = project;
  const name = textOf(objectOf(BuildBatchConfig).ServiceRole);
  if (name === '') return [];
  const role = roleArn(name, stack);
  return [
    assumedBy('codebuild.amazonaws.com', role, stack, {
      source: SERVICE_ROLE,
      context: { 'aws:sourcearn': [project.arn!] },
    }),
    ...['codebuild:StartBuild', 'codebuild:StopBuild', 'codebuild:RetryBuild'].map((call): Call => ({
      step: 'work',
      caller: { role },
      from: stack,
      call,
      resource: project.arn!,
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/codebuild/latest/userguide/batch-build.html',
    })),
  ];
}
