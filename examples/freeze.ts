/** How do I hold the releases of all pipelines with one switch, and still get an urgent one through? */
import { App, aws_iam as iam, Duration, Stack } from 'aws-cdk-lib';
import {
  DeploymentEnvironment,
  EntryCondition,
  PipelineSource,
  ReleaseFreeze,
  WebAppPipeline,
} from 'cdk-pipeline-patterns';

const app = new App();
const shared = new Stack(app, 'ReleaseFreeze');

// Freeze: aws ssm put-parameter --overwrite --name <freeze.freezeParameter> --value 'frozen: Black Friday'; thaw with
// the value 'open'.
const freeze = new ReleaseFreeze(shared, 'Freeze', { breakGlassDuration: Duration.minutes(30) });
freeze.grantFreeze(iam.Role.fromRoleName(shared, 'ReleaseManagers', 'release-managers'));
// Override it for half an hour: --name <freeze.breakGlassParameter> --value 'shop-web: checkout is down, INC-17'.
freeze.grantBreakGlass(iam.Role.fromRoleName(shared, 'OnCall', 'on-call'));

for (const name of ['shop', 'blog']) {
  new WebAppPipeline(new Stack(app, `${name}-delivery`), 'Site', {
    pipelineName: `${name}-web`,
    source: PipelineSource.gitHub(`acme/${name}`, 'main'),
    environments: [
      new DeploymentEnvironment('staging'),
      new DeploymentEnvironment('production', {
        // Not combined with a deployment window: the freeze might not be evaluated again when the window opens.
        beforeEntry: EntryCondition.failUnless([freeze.gate()]),
      }),
    ],
  });
}

app.synth();
