/** How do I give staging and production of one application different settings? */
import { App, aws_cognito as cognito, Stack } from 'aws-cdk-lib';
import { DeploymentEnvironment, DeployTarget, PipelineSource, SiteFile, WebAppPipeline } from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'ShopDelivery');
const users = new cognito.UserPool(stack, 'Users');

/** Creates an environment whose site has its own configuration. */
function environment(name: string, apiUrl: string, robots: string): DeploymentEnvironment {
  const target = DeployTarget.staticSite({
    files: {
      'config.json': SiteFile.json({ environment: name, apiUrl, userPoolId: users.userPoolId }),
      'robots.txt': SiteFile.text(robots),
    },
  });
  return new DeploymentEnvironment(name, { target });
}

new WebAppPipeline(stack, 'Site', {
  source: PipelineSource.gitHub('acme/shop', 'main'),
  environments: [
    environment('staging', 'https://api.staging.example.com', 'User-agent: *\nDisallow: /\n'),
    environment('production', 'https://api.example.com', 'User-agent: *\nAllow: /\n'),
  ],
});

app.synth();
