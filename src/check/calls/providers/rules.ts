import type { ProviderCalls } from '../call';
import { CODE_BUILD_RULE } from './build';
import { functionCalls } from './invoke';
import { MANAGED_COMPUTE_LOGS, rulePage } from './docs-url';

// The reference pages of the rules list no permission for an alarm and a function, so these calls are inferred.
export const RULES: Readonly<Record<string, ProviderCalls>> = {
  'Rule/CloudWatchAlarm': {
    source: rulePage('CloudWatchAlarm'),
    rows: [
      {
        call: 'cloudwatch:DescribeAlarms',
        on: 'arn:{partition}:cloudwatch:{region}:{account}:alarm:{AlarmName}',
        basis: 'inferred',
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
        basis: 'inferred',
      },
    ],
    more: (context) => functionCalls(context, 'inferred'),
  },
  'Rule/CodeBuild': CODE_BUILD_RULE,
  'Rule/Commands': { source: rulePage('Commands'), reads: true, rows: MANAGED_COMPUTE_LOGS },
};
