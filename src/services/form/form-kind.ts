/** The live card that an open form is: it says so once the form can't be submitted any more. */
export const formKind = 'form';
