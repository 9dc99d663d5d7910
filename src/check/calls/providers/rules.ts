import type { ProviderCalls } from '../call';
import { CODE_BUILD_RULE } from './build';
import { functionCalls } from './invoke';
import { MANAGED_COMPUTE_LOGS, rulePage } from './docs-url';

const LAMBDA = 'https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html';
const CLOUDWATCH = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html';
/** The reference pages of the rules list no permission, but those of the APIs do. */
const UNLISTED = 'AWS requires the permission for the API, but does not state under which role the rule calls it';

export const RULES: Readonly<Record<string, ProviderCalls>> = {
  'Rule/CloudWatchAlarm': {
    source: rulePage('CloudWatchAlarm'),
    rows: [
      {
        call: 'cloudwatch:DescribeAlarms',
        on: 'arn:{partition}:cloudwatch:{region}:{account}:alarm:{AlarmName}',
        source: CLOUDWATCH,
        caution: UNLISTED,
      },
    ],
  },
  'Rule/DeploymentWindow': { source: rulePage('DeploymentWindow') },
  'Rule/VariableCheck': { source: rulePage('VariableCheck') },
  'Rule/LambdaInvoke': {
    source: rulePage('LambdaInvoke'),
    reads: true,
    rows: [
      {
        call: 'lambda:InvokeFunction',
        on: 'arn:{partition}:lambda:{region}:{account}:function:{FunctionName}',
        source: LAMBDA,
        caution: UNLISTED,
      },
    ],
    more: functionCalls,
  },
  'Rule/CodeBuild': CODE_BUILD_RULE,
  'Rule/Commands': { source: rulePage('Commands'), reads: true, rows: MANAGED_COMPUTE_LOGS },
};
