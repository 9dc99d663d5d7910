import { Stack, StackProps } from 'aws-cdk-lib';
import { Artifact, Pipeline, PipelineType } from 'aws-cdk-lib/aws-codepipeline';
import {
  CloudFormationCreateUpdateStackAction,
  CodeStarConnectionsSourceAction,
  ManualApprovalAction,
} from 'aws-cdk-lib/aws-codepipeline-actions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

export interface MyAppStackProps extends StackProps {
  readonly deploymentService: string;
  readonly comment: string;
}

/** A pipeline that asks for an approval and deploys a stack. */
export class MyAppStack extends Stack {
  public constructor(scope: Construct, id: string, props: MyAppStackProps) {
    super(scope, id, props);

    const source = new Artifact('Source');
    new Pipeline(this, 'Pipeline', {
      pipelineType: PipelineType.V2,
      stages: [
        {
          stageName: 'Source',
          actions: [
            new CodeStarConnectionsSourceAction({
              actionName: 'Source',
              variablesNamespace: 'SourceVariables',
              owner: 'acme',
              repo: 'shop',
              connectionArn: 'arn:aws:codeconnections:eu-west-1:111111111111:connection/shop',
              output: source,
            }),
          ],
        },
        {
          stageName: 'Approve',
          actions: [new ManualApprovalAction({ actionName: 'Approve', additionalInformation: props.comment })],
        },
        {
          stageName: 'Deploy',
          actions: [
            new CloudFormationCreateUpdateStackAction({
              actionName: 'Deploy',
              stackName: 'shop',
              templatePath: source.atPath('template.yaml'),
              adminPermissions: false,
              deploymentRole: new Role(this, 'DeploymentRole', {
                assumedBy: new ServicePrincipal(props.deploymentService),
              }),
            }),
          ],
        },
      ],
    });
  }
}
