import { allSteps } from '../actions';
import type { PipelinePlan } from '../pipeline-plan';
import { pathIn, type Problems } from '../problems';
import { textsOf } from '../step-texts';

/** The texts that languages write for an object or a function when it is interpolated instead of a string. */
const OBJECT_TEXTS = [
  /<[\w.]+ object at 0x[0-9a-fA-F]+>/, // Python, an object
  /<(bound method|function) [^>]+>/, // Python, a method that is not called
  /\[object \w+\]/, // JavaScript
  /\b(\w+\.)+[A-Z][\w$]*@[0-9a-f]{5,8}(?![\w.-])/, // Java
  /\b0x[0-9a-f]{9,12}\b|%!\w\(/, // Go, a pointer or a wrong verb
  /\bCdkPipelinePatterns\.[A-Z]\w+/, // .NET
];

/** Returns the text of an object in a text, or undefined if there is none. */
export function objectTextIn(text: string): string | undefined {
  for (const pattern of OBJECT_TEXTS) {
    const match = pattern.exec(text);
    if (match) return match[0];
  }
  return undefined;
}

/**
 * Validates that no text contains an object, such as a pipeline variable that was interpolated instead of its
 * reference. CodePipeline would deliver that text as it is, and it differs at each synthesis.
 */
export function validateObjectTexts(plan: PipelinePlan, problems: Problems): void {
  for (const step of allSteps(plan)) {
    for (const { prop, text } of textsOf(step)) {
      const objectText = objectTextIn(text);
      if (objectText === undefined) continue;
      const fix = "interpolate a string, such as step.variable('NAME') or the reference() of a PipelineVariable";
      problems.root(pathIn(step, prop)).add('not contain the text of an object', objectText, fix);
    }
  }
}
