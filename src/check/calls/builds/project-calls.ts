import { Build, buildOf } from './build';
import { awsCliCalls } from './aws-cli';
import { cdkAssetCalls } from './cdk-assets';
import { cdkCliCalls } from './cdk-cli';
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
const CLONED = 'AWS documents it for artifacts with files, and this artifact contains the reference to a repository';
const CLONE = 'https://docs.aws.amazon.com/codepipeline/latest/userguide/troubleshooting.html';

/** Returns the calls of a build under its service role, without those of its commands. */
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
    ...context.inputs.flatMap((artifact) => {
      const reads = readArtifact(common, artifact, SERVICE_ROLE);
      if (!artifact.cloneOf) return reads;
      // The artifact contains the reference to the repository.
      return [...reads.map((call): Call => ({ ...call, caution: CLONED })), cloneCall(artifact.cloneOf, build)];
    }),
    ...[
      logCalls,
      reportCalls,
      secretCalls,
      imageCalls,
      networkCalls,
      cacheCalls,
      cdkAssetCalls,
      cdkCliCalls,
      dockerCalls,
    ].flatMap((calls) => calls(build, context.model)),
    ...awsCliCalls({ ...build, ...environmentOf(project) }, context.model),
    ...outputs.flatMap((artifact) => writeArtifact(common, artifact, SERVICE_ROLE)),
  ];
}

function environmentOf({ stack }: ModelResource) {
  return { from: stack, account: stack.account, region: stack.region };
}

/** Returns the key with which a project writes artifacts. It is the key of the project, not of the artifact store. */
export function projectKey(model: IamModel, { properties, stack }: ModelResource) {
  return model.keyArn(textOf(properties.EncryptionKey) || 'alias/aws/s3', stack);
}

/** The pattern of the ARN of an action's CodeCommit repository. */
export const REPOSITORY = 'arn:{partition}:codecommit:{region}:{account}:{RepositoryName}';

/** Returns the call of the build that fetches a full clone. */
function cloneCall(source: ActionContext, { call }: Build): Call {
  const connection = configured(source, 'ConnectionArn');
  if (connection === undefined) {
    return call('codecommit:GitPull', fill(REPOSITORY, source), { step: 'read', source: CLONE });
  }
  return connectionCall(connection, (api, more) =>
    call(api, connection, { step: 'read', source: CLONE, context: repositoryContext(source), ...more }),
  );
}

/** Returns the calls that start the builds of a batch under the batch role. */
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
