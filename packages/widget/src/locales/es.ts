import type { LocaleTexts } from './locale-texts.ts'

/**
 * For Spain and for America: addresses the visitor as usted, which is right everywhere, avoids words that only one side
 * uses, and no wording depends on the visitor's gender.
 */
export const es: LocaleTexts = {
  dir: 'ltr',
  ui: {
    close: 'Cerrar',
    send: 'Enviar',
    next: 'Siguiente',
    back: 'Atrás',
    skip: 'Omitir',
    kept: 'Su respuesta está guardada en este dispositivo y se enviará lo antes posible.',
    notSent: 'Su respuesta aún no se ha enviado. Por favor, inténtelo de nuevo.',
    retry: 'Reintentar',
    required: 'Por favor, responda esta pregunta para continuar.',
    optional: 'Opcional',
    left: 'Caracteres restantes: {n}',
    over: 'Caracteres de más: {n}',
    tooFew: 'Por favor, elija al menos {n}.',
    tooMany: 'Por favor, no elija más de {n}.',
    email: 'No parece una dirección de correo electrónico. ¿Puede revisarla?',
    progress: 'Pregunta {n} de {m}',
    snooze: 'Ahora no',
    later: 'Más tarde',
    days90: 'No en los próximos 90 días',
    never: 'No volver a preguntar',
  },
  thanks: 'Gracias por su opinión',
  comment: 'Cuéntenos con sus palabras',
  emailPlaceholder: 'nombre@example.com',
  open: 'Abrir',
  feedback: 'Su opinión',
  npsEnds: ['Nada probable', 'Muy probable'],
  cesEnds: ['Totalmente en desacuerdo', 'Totalmente de acuerdo'],
  ratingEnds: ['Malo', 'Excelente'],
  csatSteps: [
    'Muy insatisfactorio',
    'Insatisfactorio',
    'Ni bien ni mal',
    'Satisfactorio',
    'Muy satisfactorio',
  ],
  gcrSteps: ['Sí', 'En parte', 'No'],
  thumbs: ['Me gusta', 'No me gusta'],
  other: 'Otra respuesta',
  questions: {
    nps: '¿Qué probabilidad hay de que nos recomiende a alguien cercano?',
    csat: '¿Cómo evalúa su visita de hoy?',
    ces: 'Me resultó fácil hacer lo que quería.',
    gcr: '¿Logró hacer lo que quería?',
  },
  hosted: {
    closed: 'Esta encuesta ya está cerrada. Gracias por su interés.',
    notFound: 'No encontramos esta encuesta. Es posible que el enlace esté incompleto.',
    needsJavaScript:
      'Esta encuesta necesita JavaScript. Por favor, actívelo en su navegador y vuelva a cargar la página.',
  },
  screenshot: {
    add: 'Adjuntar una captura',
    point: 'Señale a qué se refiere',
    blur: 'Difuminar lo escrito en los campos',
    share: 'El navegador le preguntará qué desea compartir. Elija esta pestaña.',
    take: 'Capturar la pantalla',
    cancel: 'Cancelar',
    preview: 'Su captura',
    remove: 'Quitar',
    retake: 'Capturar de nuevo',
    failed: 'No se pudo hacer la captura. Puede enviar su respuesta sin ella.',
  },
}
