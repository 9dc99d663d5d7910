import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { bootstrapRolesOf } from '../build/bootstrap-roles';
import { outermost } from '../../render/names';
import { problem, type Problem } from '../../pipeline/problems';

/** What `cdk deploy` takes for itself and nothing else: with other characters it is a pattern. */
const PLAIN_PATH = /^[\w./-]+$/;

/** What only the place shows of a pipeline that updates itself. */
export function checkSelfUpdatePlace(scope: Construct): Problem[] {
  const stack = outermost(Stack.of(scope));
  return [
    ...checkBootstrapped(stack),
    ...(PLAIN_PATH.test(stack.node.path)
      ? []
      : [
          problem(
            'selfUpdate',
            "belong to a stack whose path consists of letters, digits, '.', '_', '-' and '/'",
            stack.node.path,
            'rename the stack; its stackName may stay',
          ),
        ]),
  ];
}

/** The roles of the environment of a stack are named by its qualifier. */
export const checkBootstrapped = (stack: Stack): Problem[] =>
  bootstrapRolesOf(stack)
    ? []
    : [
        problem(
          'selfUpdate',
          "go with stacks of DefaultStackSynthesizer, whose roles have the names of 'cdk bootstrap'",
          `${stack.node.path} with ${stack.synthesizer.constructor.name}`,
          'leave the synthesizer and its role ARNs out, and choose the qualifier only',
        ),
      ];
