<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name></name>
    <message>
        <source>The studio is already open; its window has been raised.</source>
        <translation>Das Studio ist schon offen; sein Fenster ist jetzt vorn.</translation>
    </message>
    <message>
        <source>The studio is just closing, or does not answer. Try again in a moment.</source>
        <translation>Das Studio schließt sich gerade oder antwortet nicht. Bitte gleich noch einmal versuchen.</translation>
    </message>
    <message>
        <source>{member} in it is too large.</source>
        <translation>{member} darin ist zu groß.</translation>
    </message>
    <message>
        <source>{member} in it is damaged.</source>
        <translation>{member} darin ist beschädigt.</translation>
    </message>
    <message>
        <source>This is a folder, not a project.</source>
        <translation>Das ist ein Ordner, kein Projekt.</translation>
    </message>
    <message>
        <source>The file is damaged or cut off.</source>
        <translation>Die Datei ist beschädigt oder abgeschnitten.</translation>
    </message>
    <message>
        <source>There is not enough memory to open it.</source>
        <translation>Der Speicher reicht nicht, um sie zu öffnen.</translation>
    </message>
    <message>
        <source>Close other programs.</source>
        <translation>Andere Programme schließen.</translation>
    </message>
    <message>
        <source>The file is damaged, cut off, or no project.</source>
        <translation>Die Datei ist beschädigt, abgeschnitten oder kein Projekt.</translation>
    </message>
    <message>
        <source>It holds too many or too large parts.</source>
        <translation>Sie enthält zu viele oder zu große Teile.</translation>
    </message>
    <message>
        <source>It names a file outside of itself.</source>
        <translation>Sie nennt eine Datei außerhalb ihrer selbst.</translation>
    </message>
    <message>
        <source>It is encrypted.</source>
        <translation>Sie ist verschlüsselt.</translation>
    </message>
    <message>
        <source>It is packed in a way that cannot be read.</source>
        <translation>Sie ist auf eine Art gepackt, die nicht gelesen werden kann.</translation>
    </message>
    <message>
        <source>It would take too much room unpacked.</source>
        <translation>Sie würde ausgepackt zu viel Platz brauchen.</translation>
    </message>
    <message>
        <source>Its list of layers is damaged ({error}).</source>
        <translation>Ihre Liste der Ebenen ist beschädigt ({error}).</translation>
    </message>
    <message>
        <source>It holds no layers.</source>
        <translation>Sie enthält keine Ebenen.</translation>
    </message>
    <message>
        <source>It has more than {most} layers.</source>
        <translation>Sie hat mehr als {most} Ebenen.</translation>
    </message>
    <message>
        <source>Its groups of layers are nested too deeply.</source>
        <translation>Ihre Gruppen von Ebenen sind zu tief verschachtelt.</translation>
    </message>
    <message>
        <source>Its list of layers has a document type, which may hold anything.</source>
        <translation>Ihre Liste der Ebenen hat einen Dokumenttyp, der alles Mögliche enthalten kann.</translation>
    </message>
    <message>
        <source>Its list of layers does not say how large the picture is.</source>
        <translation>Ihre Liste der Ebenen sagt nicht, wie groß das Bild ist.</translation>
    </message>
    <message>
        <source>The picture has more than {most} megapixels.</source>
        <translation>Das Bild hat mehr als {most} Megapixel.</translation>
    </message>
    <message>
        <source>Its list of layers has a size or place of {value}.</source>
        <translation>Ihre Liste der Ebenen hat eine Größe oder Lage von {value}.</translation>
    </message>
    <message>
        <source>Its list of layers says {value} where a number belongs.</source>
        <translation>In ihrer Liste der Ebenen steht {value}, wo eine Zahl hingehört.</translation>
    </message>
    <message>
        <source>The project would be larger than 4 GiB.</source>
        <translation>Das Projekt wäre größer als 4 GiB.</translation>
    </message>
    <message>
        <source>Merge some layers.</source>
        <translation>Einige Ebenen zusammenlegen.</translation>
    </message>
    <message>
        <source>This is no OpenRaster file: it has no list of layers.</source>
        <translation>Das ist keine OpenRaster-Datei: Sie hat keine Liste der Ebenen.</translation>
    </message>
    <message>
        <source>Its layers take more than {limit} GiB of memory.</source>
        <translation>Ihre Ebenen brauchen mehr als {limit} GiB Speicher.</translation>
    </message>
    <message>
        <source>It holds no layers that can be read.</source>
        <translation>Sie enthält keine lesbaren Ebenen.</translation>
    </message>
    <message>
        <source>The picture of the layer {name} is missing.</source>
        <translation>Das Bild der Ebene {name} fehlt.</translation>
    </message>
    <message>
        <source>The layer {name} cannot be read.</source>
        <translation>Die Ebene {name} kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>It is much larger than the picture itself.</source>
        <translation>Sie ist viel größer als das Bild selbst.</translation>
    </message>
    <message>
        <source>Layers with other blend modes are shown as normal ones.</source>
        <translation>Ebenen mit anderen Füllmethoden werden als normale gezeigt.</translation>
    </message>
    <message>
        <source>Groups have been dissolved into their layers.</source>
        <translation>Gruppen wurden in ihre Ebenen aufgelöst.</translation>
    </message>
    <message>
        <source>Layers that are no PNG pictures have been left out.</source>
        <translation>Ebenen, die keine PNG-Bilder sind, wurden ausgelassen.</translation>
    </message>
    <message>
        <source>{path}: There is no such file.</source>
        <translation>{path}: Diese Datei gibt es nicht.</translation>
    </message>
    <message>
        <source>{path}: Cannot be read ({why}).</source>
        <translation>{path}: Kann nicht gelesen werden ({why}).</translation>
    </message>
    <message>
        <source>This is not a picture that can be read.</source>
        <translation>Das ist kein lesbares Bild.</translation>
    </message>
    <message>
        <source>Use PNG, JPEG or WebP.</source>
        <translation>PNG, JPEG oder WebP verwenden.</translation>
    </message>
    <message>
        <source>The picture is damaged or cut off ({error}).</source>
        <translation>Das Bild ist beschädigt oder abgeschnitten ({error}).</translation>
    </message>
    <message>
        <source>This is a folder, not a picture.</source>
        <translation>Das ist ein Ordner, kein Bild.</translation>
    </message>
    <message>
        <source>{path}: The file is larger than {limit} MiB.</source>
        <translation>{path}: Die Datei ist größer als {limit} MiB.</translation>
    </message>
    <message>
        <source>Scale it down.</source>
        <translation>Es verkleinern.</translation>
    </message>
    <message>
        <source>Reset to default, because unreadable: {names}.</source>
        <translation>Auf den Standard zurückgesetzt, weil unlesbar: {names}.</translation>
    </message>
    <message>
        <source>The session cannot be kept for the next start: {error}</source>
        <translation>Die Sitzung kann nicht für den nächsten Start aufgehoben werden: {error}</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>Hintergrund</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Ebene</translation>
    </message>
    <message>
        <source>{name} of the last session cannot be read.</source>
        <translation>{name} der letzten Sitzung kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>{name} of the last session cannot be read; it is kept as {kept}.</source>
        <translation>{name} der letzten Sitzung kann nicht gelesen werden; es bleibt als {kept} erhalten.</translation>
    </message>
    <message>
        <source>The queue is paused: the job waits.</source>
        <translation>Die Warteschlange ist angehalten: Der Auftrag wartet.</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>A job that waited was dropped.</source>
        <translation>Ein wartender Auftrag wurde verworfen.</translation>
    </message>
    <message>
        <source>{count} jobs that waited were dropped.</source>
        <translation>{count} wartende Aufträge wurden verworfen.</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Open picture</source>
        <translation>Bild öffnen</translation>
    </message>
    <message>
        <source>Close picture</source>
        <translation>Bild schließen</translation>
    </message>
    <message>
        <source>Accept result</source>
        <translation>Ergebnis übernehmen</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Anfang</translation>
    </message>
    <message>
        <source>Looking for pictures</source>
        <translation>Bilder werden gesucht</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>There is no picture here yet</source>
        <translation>Hier ist noch kein Bild</translation>
    </message>
    <message>
        <source>There is 1 picture here</source>
        <translation>Hier ist 1 Bild</translation>
    </message>
    <message>
        <source>There are {count} pictures here</source>
        <translation>Hier sind {count} Bilder</translation>
    </message>
    <message>
        <source>{found}: a map needs {value} more.</source>
        <translation>{found}: Eine Karte braucht noch {value}.</translation>
    </message>
    <message>
        <source>Finding the components</source>
        <translation>Die Komponenten werden bestimmt</translation>
    </message>
    <message>
        <source>{count} pictures, the newest</source>
        <translation>{count} Bilder, die neuesten</translation>
    </message>
    <message>
        <source>1 picture could not be read: {names}.</source>
        <translation>1 Bild konnte nicht gelesen werden: {names}.</translation>
    </message>
    <message>
        <source>{count} pictures could not be read: {names}.</source>
        <translation>{count} Bilder konnten nicht gelesen werden: {names}.</translation>
    </message>
    <message>
        <source>{count} pictures could not be read: {names} and {more} more.</source>
        <translation>{count} Bilder konnten nicht gelesen werden: {names} und {more} weitere.</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>Das Modell wird geladen</translation>
    </message>
    <message>
        <source>The map was of another model: its embeddings lie in another space.</source>
        <translation>Die Karte war die eines anderen Modells: Dessen Embeddings liegen in einem anderen Raum.</translation>
    </message>
    <message>
        <source>The board has room for 2 to {corners} pictures, not {count}.</source>
        <translation>Auf dem Brett ist Platz für 2 bis {corners} Bilder, nicht {count}.</translation>
    </message>
    <message>
        <source>{count} components of {count_2} pictures</source>
        <translation>{count} Komponenten aus {count_2} Bildern</translation>
    </message>
    <message>
        <source>Explore a picture and map some others: then it can be rebuilt from components.</source>
        <translation>Ein Bild erkunden und einige andere kartieren: Dann lässt es sich aus Komponenten aufbauen.</translation>
    </message>
    <message>
        <source>whole</source>
        <translation>ganz</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>Gespeichert als {name}.</translation>
    </message>
    <message>
        <source>Write what to go to.</source>
        <translation>Schreiben, wohin es gehen soll.</translation>
    </message>
    <message>
        <source>Load a model first.</source>
        <translation>Zuerst ein Modell laden.</translation>
    </message>
    <message>
        <source>{title} has no image embeddings, so there is nothing to explore.</source>
        <translation>{title} hat keine Bild-Embeddings, also gibt es nichts zu erkunden.</translation>
    </message>
    <message>
        <source>{title} has no image encoder, so it cannot look at pictures: put the image encoder of its CLIP into the checkpoint&apos;s folder image_encoder.</source>
        <translation>{title} hat keinen Bild-Encoder und kann Bilder nicht ansehen: Den Bild-Encoder seines CLIP in den Ordner image_encoder des Checkpoints legen.</translation>
    </message>
    <message>
        <source>Wait for the full picture, then keep it.</source>
        <translation>Auf das volle Bild warten, dann behalten.</translation>
    </message>
    <message>
        <source>theta {theta}</source>
        <translation>Theta {theta}</translation>
    </message>
    <message>
        <source>{share} of the way</source>
        <translation>{share} des Weges</translation>
    </message>
    <message>
        <source>Mean of {count} pictures</source>
        <translation>Mittel aus {count} Bildern</translation>
    </message>
    <message>
        <source>Component {number}</source>
        <translation>Komponente {number}</translation>
    </message>
    <message>
        <source>Caption only</source>
        <translation>Nur Text</translation>
    </message>
    <message>
        <source>Text embedding</source>
        <translation>Text-Embedding</translation>
    </message>
    <message>
        <source>{what} needs {needed}</source>
        <translation>{what} braucht {needed}</translation>
    </message>
    <message>
        <source>CLIP text</source>
        <translation>CLIP-Text</translation>
    </message>
    <message>
        <source>Prior</source>
        <translation>Prior</translation>
    </message>
    <message>
        <source>Decoder</source>
        <translation>Decoder</translation>
    </message>
    <message>
        <source>Upsampler</source>
        <translation>Upsampler</translation>
    </message>
    <message>
        <source>Upsampler 1024</source>
        <translation>Upsampler 1024</translation>
    </message>
    <message>
        <source>{title} has no prior: its decoder works from the text alone.</source>
        <translation>{title} hat keinen Prior: Sein Decoder arbeitet allein vom Text aus.</translation>
    </message>
    <message>
        <source>Write a prompt first: the prior turns it into image embeddings.</source>
        <translation>Zuerst einen Prompt schreiben: Der Prior macht Bild-Embeddings daraus.</translation>
    </message>
    <message>
        <source>These candidates are of another prompt or prior: draw again, then pin one.</source>
        <translation>Diese Kandidaten gehören zu einem anderen Prompt oder Prior: neu ziehen, dann einen anheften.</translation>
    </message>
    <message>
        <source>An embedding of this model</source>
        <translation>Ein Embedding dieses Modells</translation>
    </message>
    <message>
        <source>{folder}: The folder cannot be read ({strerror}).</source>
        <translation>{folder}: Der Ordner kann nicht gelesen werden ({strerror}).</translation>
    </message>
    <message>
        <source>This picture is not saved: {what}</source>
        <translation>Dieses Bild ist nicht gespeichert: {what}</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Rename layer</source>
        <translation>Ebene umbenennen</translation>
    </message>
    <message>
        <source>Show or hide layer</source>
        <translation>Ebene zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Layer opacity</source>
        <translation>Deckkraft der Ebene</translation>
    </message>
    <message>
        <source>Add layer</source>
        <translation>Ebene hinzufügen</translation>
    </message>
    <message>
        <source>{name} copy</source>
        <translation>{name} Kopie</translation>
    </message>
    <message>
        <source>Duplicate layer</source>
        <translation>Ebene duplizieren</translation>
    </message>
    <message>
        <source>The last layer cannot be removed.</source>
        <translation>Die letzte Ebene kann nicht entfernt werden.</translation>
    </message>
    <message>
        <source>Close the picture instead.</source>
        <translation>Stattdessen das Bild schließen.</translation>
    </message>
    <message>
        <source>Remove layer</source>
        <translation>Ebene entfernen</translation>
    </message>
    <message>
        <source>Move layer</source>
        <translation>Ebene verschieben</translation>
    </message>
    <message>
        <source>There is no layer below.</source>
        <translation>Darunter liegt keine Ebene.</translation>
    </message>
    <message>
        <source>Choose one that lies higher.</source>
        <translation>Eine wählen, die höher liegt.</translation>
    </message>
    <message>
        <source>A hidden layer cannot be merged.</source>
        <translation>Eine verborgene Ebene kann nicht zusammengelegt werden.</translation>
    </message>
    <message>
        <source>Show both layers first.</source>
        <translation>Zuerst beide Ebenen zeigen.</translation>
    </message>
    <message>
        <source>Merge down</source>
        <translation>Nach unten zusammenlegen</translation>
    </message>
    <message>
        <source>All layers are hidden.</source>
        <translation>Alle Ebenen sind verborgen.</translation>
    </message>
    <message>
        <source>Show one of them first.</source>
        <translation>Zuerst eine davon zeigen.</translation>
    </message>
    <message>
        <source>Flatten picture</source>
        <translation>Auf eine Ebene reduzieren</translation>
    </message>
    <message>
        <source>Change layer</source>
        <translation>Ebene ändern</translation>
    </message>
    <message>
        <source>Nothing of the picture lies inside.</source>
        <translation>Vom Bild liegt nichts darin.</translation>
    </message>
    <message>
        <source>Choose a part that overlaps it.</source>
        <translation>Einen Teil wählen, der sich damit überschneidet.</translation>
    </message>
    <message>
        <source>Resize canvas</source>
        <translation>Leinwandgröße ändern</translation>
    </message>
    <message>
        <source>A canvas of {size} is too large.</source>
        <translation>Eine Leinwand von {size} ist zu groß.</translation>
    </message>
    <message>
        <source>Choose at most {count} megapixels.</source>
        <translation>Höchstens {count} Megapixel wählen.</translation>
    </message>
    <message>
        <source>Memory does not hold {count} layers of {size}.</source>
        <translation>Der Speicher fasst keine {count} Ebenen von {size}.</translation>
    </message>
    <message>
        <source>Merge layers, or crop the picture.</source>
        <translation>Ebenen zusammenlegen oder das Bild zuschneiden.</translation>
    </message>
    <message>
        <source>The picture is kept in the gallery.</source>
        <translation>Das Bild liegt in der Galerie.</translation>
    </message>
    <message>
        <source>Something went wrong inside ({name}: {error}).</source>
        <translation>Intern ist etwas schiefgegangen ({name}: {error}).</translation>
    </message>
    <message>
        <source>1 picture is ready.</source>
        <translation>1 Bild ist fertig.</translation>
    </message>
    <message>
        <source>{count} pictures are ready.</source>
        <translation>{count} Bilder sind fertig.</translation>
    </message>
    <message>
        <source>1 job has failed.</source>
        <translation>1 Auftrag ist gescheitert.</translation>
    </message>
    <message>
        <source>{count} jobs have failed.</source>
        <translation>{count} Aufträge sind gescheitert.</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>negative prompt</source>
        <translation>negativer Prompt</translation>
    </message>
    <message>
        <source>style</source>
        <translation>Stil</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>kind of prior</source>
        <translation>Art des Priors</translation>
    </message>
    <message>
        <source>prior&apos;s steps</source>
        <translation>Schritte des Priors</translation>
    </message>
    <message>
        <source>prior&apos;s guidance</source>
        <translation>Guidance des Priors</translation>
    </message>
    <message>
        <source>number of candidates</source>
        <translation>Zahl der Kandidaten</translation>
    </message>
    <message>
        <source>Candidate {number}</source>
        <translation>Kandidat {number}</translation>
    </message>
    <message>
        <source>{candidate_title} is no longer pinned: the {what} changed.</source>
        <translation>{candidate_title} ist nicht mehr angeheftet; geändert: {what}.</translation>
    </message>
    <message>
        <source>Paint mask</source>
        <translation>Maske malen</translation>
    </message>
    <message>
        <source>Erase mask</source>
        <translation>Maske radieren</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>Malen</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Radieren</translation>
    </message>
    <message>
        <source>Load mask</source>
        <translation>Maske laden</translation>
    </message>
    <message>
        <source>Clear mask</source>
        <translation>Maske leeren</translation>
    </message>
    <message>
        <source>Invert mask</source>
        <translation>Maske umkehren</translation>
    </message>
    <message>
        <source>Move mask</source>
        <translation>Maske verschieben</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>{path}: {group}: This is not a group of text diffs.</source>
        <translation>{path}: {group}: Das ist keine Gruppe von Textdifferenzen.</translation>
    </message>
    <message>
        <source>larger than {most} KiB</source>
        <translation>größer als {most} KiB</translation>
    </message>
    <message>
        <source>{path}: The file cannot be used ({error}).</source>
        <translation>{path}: Die Datei kann nicht verwendet werden ({error}).</translation>
    </message>
    <message>
        <source>A text diff has &quot;from&quot; and &quot;to&quot;.</source>
        <translation>Eine Textdifferenz hat „from“ und „to“.</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Ohne Titel</translation>
    </message>
    <message>
        <source>Saving {name}…</source>
        <translation>{name} wird gespeichert …</translation>
    </message>
    <message>
        <source>Opening {name}…</source>
        <translation>{name} wird geöffnet …</translation>
    </message>
    <message>
        <source>Open its layers</source>
        <translation>Seine Ebenen öffnen</translation>
    </message>
    <message>
        <source>There is no picture to be saved yet.</source>
        <translation>Es gibt noch kein Bild zu speichern.</translation>
    </message>
    <message>
        <source>What it says beside its layers cannot be read: only those were opened.</source>
        <translation>Was außer den Ebenen darin steht, kann nicht gelesen werden: Nur sie wurden geöffnet.</translation>
    </message>
    <message>
        <source>{name} was made by a newer T2I Studio.</source>
        <translation>{name} stammt von einem neueren T2I Studio.</translation>
    </message>
    <message>
        <source>Update to open it.</source>
        <translation>Zum Öffnen aktualisieren.</translation>
    </message>
    <message>
        <source>Results that cannot be read have been left out.</source>
        <translation>Unlesbare Ergebnisse wurden ausgelassen.</translation>
    </message>
    <message>
        <source>The mask cannot be read.</source>
        <translation>Die Maske kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The choices lie more than {depth} deep.</source>
        <translation>Die Auswahlen sind mehr als {depth}-fach verschachtelt.</translation>
    </message>
    <message>
        <source>The prompt becomes longer than {count} characters.</source>
        <translation>Der Prompt wird länger als {count} Zeichen.</translation>
    </message>
    <message>
        <source>The prompt has more than {count} choices.</source>
        <translation>Der Prompt hat mehr als {count} Auswahlen.</translation>
    </message>
    <message>
        <source>Nothing is left of the prompt.</source>
        <translation>Vom Prompt bleibt nichts übrig.</translation>
    </message>
    <message>
        <source>Write what the picture should show, besides comments and choices.</source>
        <translation>Schreiben, was das Bild zeigen soll, neben Kommentaren und Auswahlen.</translation>
    </message>
    <message>
        <source>Styles go into the prompt, not into the negative prompt.</source>
        <translation>Stile gehören in den Prompt, nicht in den negativen Prompt.</translation>
    </message>
    <message>
        <source>{model} reads the prompt as one embedding: weights have no effect.</source>
        <translation>{model} liest den Prompt als ein einziges Embedding: Gewichte wirken nicht.</translation>
    </message>
    <message>
        <source>{model} has no negative prompt: that of {style} has no effect.</source>
        <translation>{model} hat keinen negativen Prompt: Der von {style} wirkt nicht.</translation>
    </message>
    <message>
        <source>1 job queued.</source>
        <translation>1 Auftrag eingereiht.</translation>
    </message>
    <message>
        <source>{count} jobs queued.</source>
        <translation>{count} Aufträge eingereiht.</translation>
    </message>
    <message>
        <source>Prompt {number} cannot be used: {problem}</source>
        <translation>Prompt {number} kann nicht verwendet werden: {problem}</translation>
    </message>
    <message>
        <source>The same goes for {count} more.</source>
        <translation>Das gilt für {count} weitere.</translation>
    </message>
    <message>
        <source>{path}: There is no prompt in it.</source>
        <translation>{path}: Es steht kein Prompt darin.</translation>
    </message>
    <message>
        <source>{path}: It has {count} prompts; {most} are possible.</source>
        <translation>{path}: Sie hat {count} Prompts; möglich sind {most}.</translation>
    </message>
    <message>
        <source>{path}: Prompt {number}: {error}</source>
        <translation>{path}: Prompt {number}: {error}</translation>
    </message>
    <message>
        <source>{path}: This is no JSON with styles.</source>
        <translation>{path}: Das ist kein JSON mit Stilen.</translation>
    </message>
    <message>
        <source>{path}: It is of a newer version.</source>
        <translation>{path}: Sie ist von einer neueren Version.</translation>
    </message>
    <message>
        <source>The recipe is not readable JSON.</source>
        <translation>Das Rezept ist kein lesbares JSON.</translation>
    </message>
    <message>
        <source>The recipe has version {version}; this program reads up to {newest}.</source>
        <translation>Das Rezept hat Version {version}; dieses Programm liest bis {newest}.</translation>
    </message>
    <message>
        <source>Update T2I Studio.</source>
        <translation>T2I Studio aktualisieren.</translation>
    </message>
    <message>
        <source>{path}: This is no table of styles.</source>
        <translation>{path}: Das ist keine Tabelle von Stilen.</translation>
    </message>
    <message>
        <source>Its first line is: {head}</source>
        <translation>Ihre erste Zeile ist: {head}</translation>
    </message>
    <message>
        <source>{path}: The table is damaged ({why}).</source>
        <translation>{path}: Die Tabelle ist beschädigt ({why}).</translation>
    </message>
    <message>
        <source>{path}: There are more than {most} styles.</source>
        <translation>{path}: Es sind mehr als {most} Stile.</translation>
    </message>
    <message>
        <source>Style {number}: {problem}</source>
        <translation>Stil {number}: {problem}</translation>
    </message>
    <message>
        <source>This is no style.</source>
        <translation>Das ist kein Stil.</translation>
    </message>
    <message>
        <source>1 style</source>
        <translation>1 Stil</translation>
    </message>
    <message>
        <source>{count} styles</source>
        <translation>{count} Stile</translation>
    </message>
    <message>
        <source>{count} of them renamed</source>
        <translation>{count} davon umbenannt</translation>
    </message>
    <message>
        <source>{count} known already</source>
        <translation>{count} schon bekannt</translation>
    </message>
    <message>
        <source>{count} left out</source>
        <translation>{count} ausgelassen</translation>
    </message>
    <message>
        <source>Imported: {parts}.</source>
        <translation>Importiert: {parts}.</translation>
    </message>
    <message>
        <source>There is a style {name} already.</source>
        <translation>Einen Stil {name} gibt es schon.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>It could not be set aside.</source>
        <translation>Sie konnte nicht beiseitegelegt werden.</translation>
    </message>
    <message>
        <source>It is kept as {name}.</source>
        <translation>Sie bleibt als {name} erhalten.</translation>
    </message>
    <message>
        <source>The name of a style has 1 to 100 characters, and none of them is &lt; or &gt;.</source>
        <translation>Der Name eines Stils hat 1 bis 100 Zeichen, und keines davon ist &lt; oder &gt;.</translation>
    </message>
    <message>
        <source>A style cannot use another style.</source>
        <translation>Ein Stil kann keinen anderen Stil verwenden.</translation>
    </message>
    <message>
        <source>Did you mean {names}?</source>
        <translation>War {names} gemeint?</translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation>Einen anderen wählen.</translation>
    </message>
    <message>
        <source>There is no style {name}.</source>
        <translation>Einen Stil {name} gibt es nicht.</translation>
    </message>
    <message>
        <source>{path}: The file is larger than {most} MiB.</source>
        <translation>{path}: Die Datei ist größer als {most} MiB.</translation>
    </message>
    <message>
        <source>{path}: This is not text in UTF-8.</source>
        <translation>{path}: Das ist kein Text in UTF-8.</translation>
    </message>
    <message>
        <source>Save it as UTF-8.</source>
        <translation>Als UTF-8 speichern.</translation>
    </message>
    <message>
        <source>{folder}: This is Kandinsky&apos;s prior alone.</source>
        <translation>{folder}: Das ist nur der Prior von Kandinsky.</translation>
    </message>
    <message>
        <source>Name the folder of its decoder; the prior is found beside it.</source>
        <translation>Den Ordner seines Decoders nennen; der Prior wird daneben gefunden.</translation>
    </message>
    <message>
        <source>{folder}: A diffusers pipeline ({name}); this version reads unCLIP checkpoints only.</source>
        <translation>{folder}: Eine diffusers-Pipeline ({name}); diese Version liest nur unCLIP-Checkpoints.</translation>
    </message>
    <message>
        <source>Use the embedded model: --model scenes.</source>
        <translation>Das eingebaute Modell verwenden: --model scenes.</translation>
    </message>
    <message>
        <source>{folder}: Not a checkpoint: it holds neither unclip.json nor model_index.json.</source>
        <translation>{folder}: Kein Checkpoint: Er enthält weder unclip.json noch model_index.json.</translation>
    </message>
    <message>
        <source>Name the folder that contains one of them, or use the embedded model: scenes.</source>
        <translation>Den Ordner nennen, der eines davon enthält, oder das eingebaute Modell verwenden: scenes.</translation>
    </message>
    <message>
        <source>{path}: Cannot be read ({reason}).</source>
        <translation>{path}: Kann nicht gelesen werden ({reason}).</translation>
    </message>
    <message>
        <source>The name of the model is empty or unreadable.</source>
        <translation>Der Name des Modells ist leer oder unlesbar.</translation>
    </message>
    <message>
        <source>There is no model or folder {model}.</source>
        <translation>Ein Modell oder einen Ordner {model} gibt es nicht.</translation>
    </message>
    <message>
        <source>Installed: {names}.</source>
        <translation>Installiert: {names}.</translation>
    </message>
    <message>
        <source>The wildcard {name} includes itself: {cycle}.</source>
        <translation>Der Platzhalter {name} enthält sich selbst: {cycle}.</translation>
    </message>
    <message>
        <source>The wildcards lie more than {depth} deep.</source>
        <translation>Die Platzhalter sind mehr als {depth}-fach verschachtelt.</translation>
    </message>
    <message>
        <source>Put {file} into {folder}.</source>
        <translation>{file} in {folder} legen.</translation>
    </message>
    <message>
        <source>There is no wildcard {name}.</source>
        <translation>Einen Platzhalter {name} gibt es nicht.</translation>
    </message>
    <message>
        <source>{path}: There are no lines in it.</source>
        <translation>{path}: Es stehen keine Zeilen darin.</translation>
    </message>
    <message>
        <source>1 job of the last time waits.</source>
        <translation>1 Auftrag vom letzten Mal wartet.</translation>
    </message>
    <message>
        <source>{count} jobs of the last time wait.</source>
        <translation>{count} Aufträge vom letzten Mal warten.</translation>
    </message>
    <message>
        <source>The queue cannot be kept for the next start: {error}</source>
        <translation>Die Warteschlange kann nicht für den nächsten Start aufgehoben werden: {error}</translation>
    </message>
    <message>
        <source>The queue of the last time cannot be read.</source>
        <translation>Die Warteschlange vom letzten Mal kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Jobs of the last time that cannot be read: {count}.</source>
        <translation>Unlesbare Aufträge vom letzten Mal: {count}.</translation>
    </message>
    <message>
        <source>The file is kept as {name}.</source>
        <translation>Die Datei bleibt als {name} erhalten.</translation>
    </message>
    <message>
        <source>The picture was made with {title}, which is not installed.</source>
        <translation>Das Bild wurde mit {title} gemacht, das nicht installiert ist.</translation>
    </message>
    <message>
        <source>frame {number} of {count}</source>
        <translation>Bild {number} von {count}</translation>
    </message>
    <message>
        <source>Inversion</source>
        <translation>Inversion</translation>
    </message>
    <message>
        <source>best of {count}</source>
        <translation>der beste von {count}</translation>
    </message>
    <message>
        <source>{candidate} pinned</source>
        <translation>{candidate} angeheftet</translation>
    </message>
    <message>
        <source>start</source>
        <translation>Anfang</translation>
    </message>
    <message>
        <source>{kept} of {room} tokens, {cut} cut</source>
        <translation>{kept} von {room} Tokens, {cut} zu viel</translation>
    </message>
    <message>
        <source>{kept} of {room} tokens</source>
        <translation>{kept} von {room} Tokens</translation>
    </message>
    <message>
        <source>The settings of the job are on the desk again.</source>
        <translation>Die Einstellungen des Auftrags sind wieder im Formular.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Open or make a picture to vary it.</source>
        <translation>Zum Variieren ein Bild öffnen oder machen.</translation>
    </message>
    <message>
        <source>Open or make a picture to explore it.</source>
        <translation>Zum Erkunden ein Bild öffnen oder machen.</translation>
    </message>
    <message>
        <source>There is not enough memory for this.</source>
        <translation>Dafür reicht der Speicher nicht.</translation>
    </message>
    <message>
        <source>Close other programs, or make fewer or smaller pictures.</source>
        <translation>Andere Programme schließen, oder weniger oder kleinere Bilder machen.</translation>
    </message>
    <message>
        <source>Something went wrong inside ({kind}: {reason}).</source>
        <translation>Intern ist etwas schiefgegangen ({kind}: {reason}).</translation>
    </message>
    <message>
        <source>The log file has the details.</source>
        <translation>Einzelheiten stehen in der Protokolldatei.</translation>
    </message>
    <message>
        <source>There is no picture.</source>
        <translation>Es gibt kein Bild.</translation>
    </message>
    <message>
        <source>Open one, or make one.</source>
        <translation>Eines öffnen oder machen.</translation>
    </message>
    <message>
        <source>Divider between original and result</source>
        <translation>Trenner zwischen Original und Ergebnis</translation>
    </message>
    <message>
        <source>Drag to wipe between original and result.
Arrow keys move the divider, Space shows the whole original, a double click centres it, Esc takes it away.</source>
        <translation>Ziehen, um zwischen Original und Ergebnis zu wischen.
Pfeiltasten bewegen den Trenner, die Leertaste zeigt das ganze Original, ein Doppelklick zentriert ihn, Esc nimmt ihn weg.</translation>
    </message>
    <message>
        <source>At {share}: original on its left, result on its right</source>
        <translation>Bei {share}: links das Original, rechts das Ergebnis</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>Zuschneiden</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>Pinsel</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>Radierer</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>Rechteck</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>Lasso</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>Füllen</translation>
    </message>
    <message>
        <source>Select by colour</source>
        <translation>Nach Farbe wählen</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Eyedropper</source>
        <translation>Pipette</translation>
    </message>
    <message>
        <source>Frame (hold: for one drag)</source>
        <translation>Rahmen (gehalten: für einen Zug)</translation>
    </message>
    <message>
        <source>Hand</source>
        <translation>Hand</translation>
    </message>
    <message>
        <source>The tool before</source>
        <translation>Das Werkzeug davor</translation>
    </message>
    <message>
        <source>Swap the colours</source>
        <translation>Farben tauschen</translation>
    </message>
    <message>
        <source>Colours black and white</source>
        <translation>Farben Schwarz und Weiß</translation>
    </message>
    <message>
        <source>Smaller brush</source>
        <translation>Kleinerer Pinsel</translation>
    </message>
    <message>
        <source>Larger brush</source>
        <translation>Größerer Pinsel</translation>
    </message>
    <message>
        <source>Softer brush</source>
        <translation>Weicherer Pinsel</translation>
    </message>
    <message>
        <source>Harder brush</source>
        <translation>Härterer Pinsel</translation>
    </message>
    <message>
        <source>Less opaque brush</source>
        <translation>Weniger deckender Pinsel</translation>
    </message>
    <message>
        <source>More opaque brush</source>
        <translation>Stärker deckender Pinsel</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Move the crosshair, or what the tool moves</source>
        <translation>Das Fadenkreuz bewegen, oder was das Werkzeug bewegt</translation>
    </message>
    <message>
        <source>The same by ten pixels</source>
        <translation>Dasselbe um zehn Pixel</translation>
    </message>
    <message>
        <source>Use the tool at the crosshair; close, apply</source>
        <translation>Das Werkzeug am Fadenkreuz anwenden; schließen, anwenden</translation>
    </message>
    <message>
        <source>Paint a line from the last point</source>
        <translation>Eine Linie vom letzten Punkt malen</translation>
    </message>
    <message>
        <source>Take back the last point</source>
        <translation>Den letzten Punkt zurücknehmen</translation>
    </message>
    <message>
        <source>Leave what was begun</source>
        <translation>Begonnenes abbrechen</translation>
    </message>
    <message>
        <source>The hand, while it is held</source>
        <translation>Die Hand, solange sie gehalten wird</translation>
    </message>
    <message>
        <source>Erase fill</source>
        <translation>Füllung radieren</translation>
    </message>
    <message>
        <source>Fill mask</source>
        <translation>Maske füllen</translation>
    </message>
    <message>
        <source>Select colour</source>
        <translation>Farbe wählen</translation>
    </message>
    <message>
        <source>Erase rectangle</source>
        <translation>Rechteck radieren</translation>
    </message>
    <message>
        <source>Mask rectangle</source>
        <translation>Rechteck maskieren</translation>
    </message>
    <message>
        <source>Erase lasso</source>
        <translation>Lasso radieren</translation>
    </message>
    <message>
        <source>Mask lasso</source>
        <translation>Lasso maskieren</translation>
    </message>
    <message>
        <source>Add text</source>
        <translation>Text hinzufügen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Ctrl+Return adds it, Esc leaves</source>
        <translation>Strg+Eingabe fügt ihn ein, Esc bricht ab</translation>
    </message>
    <message>
        <source>Make the text a layer of its own (Ctrl+Return). One undo step.</source>
        <translation>Den Text zu einer eigenen Ebene machen (Strg+Eingabe). Ein Schritt.</translation>
    </message>
    <message>
        <source>Throw the text away (Esc).</source>
        <translation>Den Text verwerfen (Esc).</translation>
    </message>
    <message>
        <source>Type the text…</source>
        <translation>Text eingeben …</translation>
    </message>
    <message>
        <source>Canvas</source>
        <translation>Leinwand</translation>
    </message>
    <message>
        <source>Picture, mask and layers. A letter takes a tool: B brush, E eraser, U rectangle, L lasso, H hand; arrow keys move the crosshair, with Shift by 10 pixels; Return uses the tool there, Shift+Return paints a line from the last point; [ and ] change the brush, plus and minus the zoom.</source>
        <translation>Bild, Maske und Ebenen. Ein Buchstabe nimmt ein Werkzeug: B Pinsel, E Radierer, U Rechteck, L Lasso, H Hand; Pfeiltasten bewegen das Fadenkreuz, mit Umschalt um 10 Pixel; Eingabe wendet dort das Werkzeug an, Umschalt+Eingabe malt eine Linie vom letzten Punkt; [ und ] ändern den Pinsel, Plus und Minus den Zoom.</translation>
    </message>
    <message>
        <source>Nothing is called like that.</source>
        <translation>So heißt nichts.</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>Search commands and settings</source>
        <translation>Befehle und Einstellungen suchen</translation>
    </message>
    <message>
        <source>Up and Down choose, Return runs what is chosen, Escape closes.</source>
        <translation>Auf und Ab wählen, Eingabe führt aus, Esc schließt.</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>not possible now</source>
        <translation>jetzt nicht möglich</translation>
    </message>
    <message>
        <source>&amp;Undo {step}</source>
        <translation>{step} &amp;rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo {step}</source>
        <translation>{step} &amp;wiederholen</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Ausschneiden</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Einfügen</translation>
    </message>
    <message>
        <source>Copy p&amp;icture</source>
        <translation>&amp;Bild kopieren</translation>
    </message>
    <message>
        <source>Paste as &amp;layer</source>
        <translation>Als Ebene ein&amp;fügen</translation>
    </message>
    <message>
        <source>Pictures and projects ({patterns})</source>
        <translation>Bilder und Projekte ({patterns})</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>&amp;New</source>
        <translation>&amp;Neu</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>&amp;Öffnen …</translation>
    </message>
    <message>
        <source>picture project</source>
        <translation>Bild Projekt</translation>
    </message>
    <message>
        <source>&amp;Save project</source>
        <translation>Projekt &amp;speichern</translation>
    </message>
    <message>
        <source>Save project &amp;as…</source>
        <translation>Projekt speichern &amp;unter …</translation>
    </message>
    <message>
        <source>Save &amp;picture as…</source>
        <translation>&amp;Bild speichern unter …</translation>
    </message>
    <message>
        <source>export png jpeg webp</source>
        <translation>exportieren png jpeg webp</translation>
    </message>
    <message>
        <source>Open as la&amp;yers…</source>
        <translation>Als &amp;Ebenen öffnen …</translation>
    </message>
    <message>
        <source>&amp;Import mask…</source>
        <translation>Maske &amp;importieren …</translation>
    </message>
    <message>
        <source>&amp;Export mask…</source>
        <translation>Maske e&amp;xportieren …</translation>
    </message>
    <message>
        <source>&amp;Close picture</source>
        <translation>Bild s&amp;chließen</translation>
    </message>
    <message>
        <source>P&amp;references…</source>
        <translation>Einste&amp;llungen …</translation>
    </message>
    <message>
        <source>settings options theme language scale</source>
        <translation>Optionen Farben Sprache Größe</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>Been&amp;den</translation>
    </message>
    <message>
        <source>&amp;Left</source>
        <translation>&amp;Links</translation>
    </message>
    <message>
        <source>&amp;Right</source>
        <translation>&amp;Rechts</translation>
    </message>
    <message>
        <source>&amp;Up</source>
        <translation>&amp;Oben</translation>
    </message>
    <message>
        <source>&amp;Down</source>
        <translation>&amp;Unten</translation>
    </message>
    <message>
        <source>&amp;Focus prompt</source>
        <translation>Zum &amp;Prompt</translation>
    </message>
    <message>
        <source>&amp;Reset settings</source>
        <translation>Einstellungen &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>&amp;Generate</source>
        <translation>E&amp;rzeugen</translation>
    </message>
    <message>
        <source>Generate at the fr&amp;ont</source>
        <translation>V&amp;orn einreihen</translation>
    </message>
    <message>
        <source>queue first next</source>
        <translation>Warteschlange zuerst als Nächstes</translation>
    </message>
    <message>
        <source>&amp;Cancel current job</source>
        <translation>Laufenden Auftrag abbre&amp;chen</translation>
    </message>
    <message>
        <source>interrupt stop</source>
        <translation>unterbrechen stoppen</translation>
    </message>
    <message>
        <source>Cancel &amp;all jobs</source>
        <translation>&amp;Alle Aufträge abbrechen</translation>
    </message>
    <message>
        <source>interrupt stop queue</source>
        <translation>unterbrechen stoppen Warteschlange</translation>
    </message>
    <message>
        <source>&amp;Pause queue</source>
        <translation>Warteschlange an&amp;halten</translation>
    </message>
    <message>
        <source>resume hold</source>
        <translation>fortsetzen Pause</translation>
    </message>
    <message>
        <source>&amp;Live mode</source>
        <translation>&amp;Live-Modus</translation>
    </message>
    <message>
        <source>while painting typing</source>
        <translation>beim Malen beim Tippen</translation>
    </message>
    <message>
        <source>Acc&amp;ept result</source>
        <translation>Ergebnis über&amp;nehmen</translation>
    </message>
    <message>
        <source>Accept as &amp;new layer</source>
        <translation>Als neue Ebene überneh&amp;men</translation>
    </message>
    <message>
        <source>Make &amp;variations</source>
        <translation>&amp;Variationen machen</translation>
    </message>
    <message>
        <source>E&amp;xplore picture</source>
        <translation>Bild er&amp;kunden</translation>
    </message>
    <message>
        <source>extend grow expand frame</source>
        <translation>erweitern vergrößern Rahmen</translation>
    </message>
    <message>
        <source>&amp;Command palette</source>
        <translation>Befehls&amp;palette</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>hotkeys bindings</source>
        <translation>Tastatur Belegung</translation>
    </message>
    <message>
        <source>&amp;About</source>
        <translation>Ü&amp;ber</translation>
    </message>
    <message>
        <source>Layer {number}</source>
        <translation>Ebene {number}</translation>
    </message>
    <message>
        <source>&amp;New layer</source>
        <translation>&amp;Neue Ebene</translation>
    </message>
    <message>
        <source>&amp;Duplicate layer</source>
        <translation>Ebene &amp;duplizieren</translation>
    </message>
    <message>
        <source>&amp;Merge down</source>
        <translation>Nach &amp;unten zusammenlegen</translation>
    </message>
    <message>
        <source>&amp;Flatten picture</source>
        <translation>&amp;Auf eine Ebene reduzieren</translation>
    </message>
    <message>
        <source>De&amp;lete layer</source>
        <translation>Ebene &amp;löschen</translation>
    </message>
    <message>
        <source>remove</source>
        <translation>entfernen</translation>
    </message>
    <message>
        <source>Crop to frame</source>
        <translation>Auf den Rahmen zuschneiden</translation>
    </message>
    <message>
        <source>Crop to mask</source>
        <translation>Auf die Maske zuschneiden</translation>
    </message>
    <message>
        <source>&amp;Canvas size…</source>
        <translation>Leinwand&amp;größe …</translation>
    </message>
    <message>
        <source>resize extend</source>
        <translation>vergrößern verkleinern erweitern</translation>
    </message>
    <message>
        <source>Crop to f&amp;rame</source>
        <translation>Auf den &amp;Rahmen zuschneiden</translation>
    </message>
    <message>
        <source>Crop to mas&amp;k</source>
        <translation>Auf die &amp;Maske zuschneiden</translation>
    </message>
    <message>
        <source>Mask from transparency</source>
        <translation>Maske aus Transparenz</translation>
    </message>
    <message>
        <source>&amp;Invert mask</source>
        <translation>Maske &amp;umkehren</translation>
    </message>
    <message>
        <source>&amp;Grow mask…</source>
        <translation>Maske &amp;vergrößern …</translation>
    </message>
    <message>
        <source>Sh&amp;rink mask…</source>
        <translation>Maske ver&amp;kleinern …</translation>
    </message>
    <message>
        <source>&amp;Feather mask…</source>
        <translation>Maske &amp;weichzeichnen …</translation>
    </message>
    <message>
        <source>soften blur</source>
        <translation>weicher unscharf</translation>
    </message>
    <message>
        <source>&amp;Clear mask</source>
        <translation>Maske &amp;leeren</translation>
    </message>
    <message>
        <source>Mask from &amp;transparency</source>
        <translation>Maske aus &amp;Transparenz</translation>
    </message>
    <message>
        <source>alpha</source>
        <translation>Alpha</translation>
    </message>
    <message>
        <source>&amp;Show mask</source>
        <translation>Maske &amp;zeigen</translation>
    </message>
    <message>
        <source>hide overlay</source>
        <translation>verbergen Überzug</translation>
    </message>
    <message>
        <source>Prompts that were &amp;used…</source>
        <translation>&amp;Verwendete Prompts …</translation>
    </message>
    <message>
        <source>history search</source>
        <translation>Verlauf Suche</translation>
    </message>
    <message>
        <source>&amp;Copy evaluated prompt</source>
        <translation>Ausgewerteten Prompt &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Styles…</source>
        <translation>&amp;Stile …</translation>
    </message>
    <message>
        <source>S&amp;weep two settings…</source>
        <translation>Zwei Einstellungen durch&amp;gehen …</translation>
    </message>
    <message>
        <source>xy plot matrix compare values</source>
        <translation>XY-Raster Matrix vergleichen Werte</translation>
    </message>
    <message>
        <source>Prompts from a &amp;file…</source>
        <translation>Prompts aus einer &amp;Datei …</translation>
    </message>
    <message>
        <source>choices wildcards styles</source>
        <translation>Auswahlen Platzhalter Stile</translation>
    </message>
    <message>
        <source>templates presets</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>batch many lines</source>
        <translation>Stapel viele Zeilen</translation>
    </message>
    <message>
        <source>&amp;System</source>
        <translation>&amp;System</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Explorer</source>
        <translation>E&amp;xplorer</translation>
    </message>
    <message>
        <source>text diff mix pca prior labels dock panel</source>
        <translation>Textdifferenz mischen PCA Prior Labels Bereich</translation>
    </message>
    <message>
        <source>&amp;Layers</source>
        <translation>&amp;Ebenen</translation>
    </message>
    <message>
        <source>mask opacity merge flatten dock panel</source>
        <translation>Maske Deckkraft zusammenlegen Bereich</translation>
    </message>
    <message>
        <source>&amp;Gallery</source>
        <translation>&amp;Galerie</translation>
    </message>
    <message>
        <source>dock panel</source>
        <translation>Bereich</translation>
    </message>
    <message>
        <source>&amp;Queue</source>
        <translation>&amp;Warteschlange</translation>
    </message>
    <message>
        <source>dock panel jobs</source>
        <translation>Bereich Aufträge</translation>
    </message>
    <message>
        <source>Prompt and &amp;settings</source>
        <translation>Prompt und E&amp;instellungen</translation>
    </message>
    <message>
        <source>dock panel generate</source>
        <translation>Bereich erzeugen</translation>
    </message>
    <message>
        <source>&amp;Canvas only</source>
        <translation>Nur die &amp;Leinwand</translation>
    </message>
    <message>
        <source>full screen hide panels</source>
        <translation>Vollbild Bereiche verbergen</translation>
    </message>
    <message>
        <source>&amp;Next panel</source>
        <translation>&amp;Nächster Bereich</translation>
    </message>
    <message>
        <source>&amp;Previous panel</source>
        <translation>&amp;Voriger Bereich</translation>
    </message>
    <message>
        <source>Co&amp;mpare with the original</source>
        <translation>Mit dem &amp;Original vergleichen</translation>
    </message>
    <message>
        <source>result wipe divider before after</source>
        <translation>Ergebnis Trenner vorher nachher</translation>
    </message>
    <message>
        <source>&amp;100 %</source>
        <translation>&amp;100 %</translation>
    </message>
    <message>
        <source>&amp;200 %</source>
        <translation>&amp;200 %</translation>
    </message>
    <message>
        <source>&amp;400 %</source>
        <translation>&amp;400 %</translation>
    </message>
    <message>
        <source>&amp;800 %</source>
        <translation>&amp;800 %</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>Ve&amp;rgrößern</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>&amp;Fit</source>
        <translation>Ein&amp;passen</translation>
    </message>
    <message>
        <source>zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>Fit f&amp;rame</source>
        <translation>Rahmen einpas&amp;sen</translation>
    </message>
    <message>
        <source>look colours mode</source>
        <translation>Aussehen Farben Modus</translation>
    </message>
    <message>
        <source>Only a layer can be cut from.</source>
        <translation>Nur aus einer Ebene kann ausgeschnitten werden.</translation>
    </message>
    <message>
        <source>Choose one in the layers, and mask a part.</source>
        <translation>In den Ebenen eine wählen und einen Teil maskieren.</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Ausschneiden</translation>
    </message>
    <message>
        <source>A studio for text-to-image generation in which one can see and steer what happens inside: unCLIP, the system of DALL·E 2 (Ramesh et al. 2022).</source>
        <translation>Ein Studio für Bilder aus Text, in dem sich sehen und lenken lässt, was innen geschieht: unCLIP, das System von DALL·E 2 (Ramesh et al. 2022).</translation>
    </message>
    <message>
        <source>Everything runs on this machine. Code: Apache-2.0.</source>
        <translation>Alles läuft auf diesem Rechner. Code: Apache-2.0.</translation>
    </message>
    <message>
        <source>About T2I Studio</source>
        <translation>Über T2I Studio</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Take it from there</source>
        <translation>Dort wegnehmen</translation>
    </message>
    <message>
        <source>Give this command the keys that it had at first.</source>
        <translation>Diesem Befehl die Tasten geben, die er anfangs hatte.</translation>
    </message>
    <message>
        <source>This command gets the key, and the other one loses it.</source>
        <translation>Dieser Befehl bekommt die Taste, der andere verliert sie.</translation>
    </message>
    <message>
        <source>These keys cannot be changed.</source>
        <translation>Diese Tasten können nicht geändert werden.</translation>
    </message>
    <message>
        <source>Take {key} away</source>
        <translation>{key} wegnehmen</translation>
    </message>
    <message>
        <source>{key} belongs to: {others}.</source>
        <translation>{key} gehört zu: {others}.</translation>
    </message>
    <message>
        <source>Keep the picture at the top left</source>
        <translation>Das Bild oben links halten</translation>
    </message>
    <message>
        <source>Keep the picture at the top</source>
        <translation>Das Bild oben halten</translation>
    </message>
    <message>
        <source>Keep the picture at the top right</source>
        <translation>Das Bild oben rechts halten</translation>
    </message>
    <message>
        <source>Keep the picture at the left</source>
        <translation>Das Bild links halten</translation>
    </message>
    <message>
        <source>Keep the picture in the middle</source>
        <translation>Das Bild in der Mitte halten</translation>
    </message>
    <message>
        <source>Keep the picture at the right</source>
        <translation>Das Bild rechts halten</translation>
    </message>
    <message>
        <source>Keep the picture at the bottom left</source>
        <translation>Das Bild unten links halten</translation>
    </message>
    <message>
        <source>Keep the picture at the bottom</source>
        <translation>Das Bild unten halten</translation>
    </message>
    <message>
        <source>Keep the picture at the bottom right</source>
        <translation>Das Bild unten rechts halten</translation>
    </message>
    <message>
        <source>There is no picture whose canvas could be resized.</source>
        <translation>Es gibt kein Bild, dessen Leinwand geändert werden könnte.</translation>
    </message>
    <message>
        <source>Canvas size</source>
        <translation>Leinwandgröße</translation>
    </message>
    <message>
        <source>Canvas width</source>
        <translation>Breite der Leinwand</translation>
    </message>
    <message>
        <source>Canvas height</source>
        <translation>Höhe der Leinwand</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source>Resize</source>
        <translation>Größe ändern</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>{old} becomes {new}</source>
        <translation>aus {old} wird {new}</translation>
    </message>
    <message>
        <source>Styles (*.json *.csv)</source>
        <translation>Stile (*.json *.csv)</translation>
    </message>
    <message>
        <source>New style (Ctrl+N)</source>
        <translation>Neuer Stil (Strg+N)</translation>
    </message>
    <message>
        <source>Duplicate the style</source>
        <translation>Den Stil duplizieren</translation>
    </message>
    <message>
        <source>Delete the style (Delete)</source>
        <translation>Den Stil löschen (Entf)</translation>
    </message>
    <message>
        <source>{prompt} stands for what is written</source>
        <translation>{prompt} steht für das Geschriebene</translation>
    </message>
    <message>
        <source>Use for the prompt</source>
        <translation>Für den Prompt verwenden</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren …</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>{count} styles saved as {name}.</source>
        <translation>{count} Stile gespeichert als {name}.</translation>
    </message>
    <message>
        <source>Styles</source>
        <translation>Stile</translation>
    </message>
    <message>
        <source>Name of the style</source>
        <translation>Name des Stils</translation>
    </message>
    <message>
        <source>Template of the prompt</source>
        <translation>Vorlage für den Prompt</translation>
    </message>
    <message>
        <source>Template of the negative prompt</source>
        <translation>Vorlage für den negativen Prompt</translation>
    </message>
    <message>
        <source>From JSON, or the styles.csv of other programs.</source>
        <translation>Aus JSON oder der styles.csv anderer Programme.</translation>
    </message>
    <message>
        <source>Your own styles, as JSON or CSV; all where there are none.</source>
        <translation>Die eigenen Stile als JSON oder CSV; alle, wenn es keine gibt.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Negative prompt</source>
        <translation>Negativer Prompt</translation>
    </message>
    <message>
        <source>Changed by you.</source>
        <translation>Von Hand geändert.</translation>
    </message>
    <message>
        <source>Back to what it was (Delete)</source>
        <translation>Zurück zum Ursprünglichen (Entf)</translation>
    </message>
    <message>
        <source>Made by you.</source>
        <translation>Selbst gemacht.</translation>
    </message>
    <message>
        <source>Part of the program: a change makes it yours.</source>
        <translation>Teil des Programms: Eine Änderung macht ihn zum eigenen.</translation>
    </message>
    <message>
        <source>A style of the program cannot be deleted</source>
        <translation>Ein Stil des Programms kann nicht gelöscht werden</translation>
    </message>
    <message>
        <source>The prompt becomes: {prompt}</source>
        <translation>Der Prompt wird: {prompt}</translation>
    </message>
    <message>
        <source>New style</source>
        <translation>Neuer Stil</translation>
    </message>
    <message>
        <source>The style {name} is deleted.</source>
        <translation>Der Stil {name} ist gelöscht.</translation>
    </message>
    <message>
        <source>Import styles</source>
        <translation>Stile importieren</translation>
    </message>
    <message>
        <source>Export styles</source>
        <translation>Stile exportieren</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} min {seconds} s</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>Write a word on the picture and watch the bars. A CLIP trained on the web reads: it takes an apple labelled “iPod” for an iPod. A small one is thrown off by any label, and knows words from signs at most.</source>
        <translation>Ein Wort auf das Bild schreiben und die Balken beobachten. Ein im Web trainiertes CLIP liest: Es hält einen Apfel mit dem Schild „iPod“ für einen iPod. Ein kleines lässt sich von jedem Schild ablenken und kennt höchstens die Wörter auf Schildern.</translation>
    </message>
    <message>
        <source>Made of the embedding of the picture with the word, from new noise: this is what the embedding holds, whatever the bars say. The paper&apos;s model paints the apple, without the word; a small one may lose it.</source>
        <translation>Aus dem Embedding des Bildes mit dem Wort gemacht, aus neuem Rauschen: Das enthält das Embedding, was immer die Balken sagen. Das Modell des Artikels malt den Apfel, ohne das Wort; ein kleines verliert ihn vielleicht.</translation>
    </message>
    <message>
        <source>Appears on the picture like a paper label, to mislead CLIP.
Typographic attack, Goh et al. 2021; Ramesh et al. 2022, figure 6.</source>
        <translation>Erscheint auf dem Bild wie ein Papieretikett, um CLIP irrezuführen.
Typografischer Angriff, Goh et al. 2021; Ramesh et al. 2022, Abbildung 6.</translation>
    </message>
    <message>
        <source>How high a capital letter is, as a share of the picture.</source>
        <translation>Wie hoch ein Großbuchstabe ist, als Anteil des Bildes.</translation>
    </message>
    <message>
        <source>Decodes the embedding that has been misled.
Ramesh et al. 2022, section 3.1, figure 6.</source>
        <translation>Dekodiert das irregeführte Embedding.
Ramesh et al. 2022, Abschnitt 3.1, Abbildung 6.</translation>
    </message>
    <message>
        <source>Add it</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>{axis}: {problem}</source>
        <translation>{axis}: {problem}</translation>
    </message>
    <message>
        <source>There is no axis {name}.</source>
        <translation>Eine Achse {name} gibt es nicht.</translation>
    </message>
    <message>
        <source>Choose one of: {names}.</source>
        <translation>Möglich sind: {names}.</translation>
    </message>
    <message>
        <source>The prompt does not contain “{text}”.</source>
        <translation>Der Prompt enthält „{text}“ nicht.</translation>
    </message>
    <message>
        <source>The first value is searched, and replaced by each.</source>
        <translation>Der erste Wert wird gesucht und durch jeden ersetzt.</translation>
    </message>
    <message>
        <source>The strength lies above 0 and up to 1, not at {value}.</source>
        <translation>Die Stärke liegt über 0 und reicht bis 1, nicht bei {value}.</translation>
    </message>
    <message>
        <source>There is no content {name}.</source>
        <translation>Einen Inhalt {name} gibt es nicht.</translation>
    </message>
    <message>
        <source>{value} lies outside of {lowest} to {highest}.</source>
        <translation>{value} liegt außerhalb von {lowest} bis {highest}.</translation>
    </message>
    <message>
        <source>Like 5, 15, 30 or 5-30 (+5)</source>
        <translation>Etwa 5, 15, 30 oder 5-30 (+5)</translation>
    </message>
    <message>
        <source>Like 1, 2, 4 or 1-7 [4]</source>
        <translation>Etwa 1, 2, 4 oder 1-7 [4]</translation>
    </message>
    <message>
        <source>Names with commas between them</source>
        <translation>Namen mit Kommas dazwischen</translation>
    </message>
    <message>
        <source>Prompt search and replace</source>
        <translation>Im Prompt suchen und ersetzen</translation>
    </message>
    <message>
        <source>The first is searched and replaced by each: cube, ball, “a, b”</source>
        <translation>Der erste wird gesucht und durch jeden ersetzt: cube, ball, „a, b“</translation>
    </message>
    <message>
        <source>Like 1-4; -1 draws one</source>
        <translation>Etwa 1-4; -1 zieht einen</translation>
    </message>
    <message>
        <source>Names with commas between them; none for no style</source>
        <translation>Namen mit Kommas dazwischen; none für keinen Stil</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Like 256x256, 512x512</source>
        <translation>Etwa 256x256, 512x512</translation>
    </message>
    <message>
        <source>Decoder steps</source>
        <translation>Decoder: Schritte</translation>
    </message>
    <message>
        <source>Decoder guidance</source>
        <translation>Decoder: Guidance</translation>
    </message>
    <message>
        <source>Kind of prior</source>
        <translation>Art des Priors</translation>
    </message>
    <message>
        <source>Prior steps</source>
        <translation>Prior: Schritte</translation>
    </message>
    <message>
        <source>Prior guidance</source>
        <translation>Prior: Guidance</translation>
    </message>
    <message>
        <source>Candidates of the prior</source>
        <translation>Kandidaten des Priors</translation>
    </message>
    <message>
        <source>Like 1, 2, 8</source>
        <translation>Etwa 1, 2, 8</translation>
    </message>
    <message>
        <source>Upsampler steps</source>
        <translation>Upsampler: Schritte</translation>
    </message>
    <message>
        <source>Like 0.3, 0.6, 0.9 or 0.2-1 [5]</source>
        <translation>Etwa 0.3, 0.6, 0.9 oder 0.2-1 [5]</translation>
    </message>
    <message>
        <source>Like 0, 4, 16 px</source>
        <translation>Etwa 0, 4, 16 px</translation>
    </message>
    <message>
        <source>Seam</source>
        <translation>Naht</translation>
    </message>
    <message>
        <source>Like 0, 16, 64 px</source>
        <translation>Etwa 0, 16, 64 px</translation>
    </message>
    <message>
        <source>To the canvas</source>
        <translation>Auf die Leinwand</translation>
    </message>
    <message>
        <source>Explore</source>
        <translation>Erkunden</translation>
    </message>
    <message>
        <source>Decode what CLIP sees</source>
        <translation>Dekodieren, was CLIP sieht</translation>
    </message>
    <message>
        <source>STOP</source>
        <translation>STOP</translation>
    </message>
    <message>
        <source>Word on the picture</source>
        <translation>Wort auf dem Bild</translation>
    </message>
    <message>
        <source>Size of the word</source>
        <translation>Größe des Wortes</translation>
    </message>
    <message>
        <source>Make the word a label, which can win then.</source>
        <translation>Das Wort zu einem Label machen, das dann gewinnen kann.</translation>
    </message>
    <message>
        <source>Put the picture with the word on the canvas: one undo step.</source>
        <translation>Das Bild mit dem Wort auf die Leinwand legen: ein Schritt.</translation>
    </message>
    <message>
        <source>Start an exploration from the picture with the word.</source>
        <translation>Eine Erkundung vom Bild mit dem Wort aus beginnen.</translation>
    </message>
    <message>
        <source>A word on the picture</source>
        <translation>Ein Wort auf dem Bild</translation>
    </message>
    <message>
        <source>No label has the word “{strip}”.</source>
        <translation>Kein Label hat das Wort „{strip}“.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Picture on the canvas</source>
        <translation>Bild auf der Leinwand</translation>
    </message>
    <message>
        <source>Picture in the explorer</source>
        <translation>Bild im Explorer</translation>
    </message>
    <message>
        <source>CLIP compares the picture with a caption for each label; the shares add up to 100 %.</source>
        <translation>CLIP vergleicht das Bild mit einer Bildunterschrift je Label; die Anteile ergeben zusammen 100 %.</translation>
    </message>
    <message>
        <source>Zero-shot classification, Radford et al. 2021, section 3.1.</source>
        <translation>Zero-Shot-Klassifikation, Radford et al. 2021, Abschnitt 3.1.</translation>
    </message>
    <message>
        <source>One label on each line, or parted by commas.</source>
        <translation>Ein Label je Zeile, oder durch Kommas getrennt.</translation>
    </message>
    <message>
        <source>The caption around each label, which goes where {} stands. With several lines their embeddings are averaged.
Prompt ensembling, Radford et al. 2021, section 3.1.4.</source>
        <translation>Die Bildunterschrift um jedes Label, das bei {} eingesetzt wird. Bei mehreren Zeilen werden ihre Embeddings gemittelt.
Prompt-Ensembles, Radford et al. 2021, Abschnitt 3.1.4.</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>fox, cat, robot</source>
        <translation>fox, cat, robot</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>a photo of a {}</source>
        <translation>a photo of a {}</translation>
    </message>
    <message>
        <source>What CLIP sees</source>
        <translation>Was CLIP sieht</translation>
    </message>
    <message>
        <source>The bars come with the first answer.</source>
        <translation>Die Balken kommen mit der ersten Antwort.</translation>
    </message>
    <message>
        <source>Picture to read</source>
        <translation>Bild zum Lesen</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>Beispiele</translation>
    </message>
    <message>
        <source>Take labels to begin with; the last ones are those of Ramesh et al. 2022.</source>
        <translation>Labels für den Anfang; die letzten sind die von Ramesh et al. 2022.</translation>
    </message>
    <message>
        <source>Moves the picture along this difference between the mapped ones, in their standard deviations; a double click goes back to 0.
Principal component of CLIP image embeddings, Ramesh et al. 2022, section 4.</source>
        <translation>Bewegt das Bild entlang dieses Unterschieds zwischen den kartierten, in deren Standardabweichungen; ein Doppelklick geht zurück auf 0.
Hauptkomponente von CLIP-Bild-Embeddings, Ramesh et al. 2022, Abschnitt 4.</translation>
    </message>
    <message>
        <source>The picture as it is rebuilt from its first 1, 2, 4, ... components; click one to go on from it.
PCA reconstructions, Ramesh et al. 2022, figure 7.</source>
        <translation>Das Bild, wie es aus seinen ersten 1, 2, 4, … Komponenten aufgebaut wird; ein Klick macht von dort weiter.
PCA-Rekonstruktionen, Ramesh et al. 2022, Abbildung 7.</translation>
    </message>
    <message>
        <source>Rebuild step by step</source>
        <translation>Schritt für Schritt aufbauen</translation>
    </message>
    <message>
        <source>Forgets everything about the picture but these components: few keep its coarse meaning only.
PCA reconstruction, Ramesh et al. 2022, figure 7.</source>
        <translation>Vergisst alles am Bild außer diesen Komponenten: Wenige behalten nur die grobe Bedeutung.
PCA-Rekonstruktion, Ramesh et al. 2022, Abbildung 7.</translation>
    </message>
    <message>
        <source>Keep only the first {value} of {count} components</source>
        <translation>Nur die ersten {value} von {count} Komponenten behalten</translation>
    </message>
    <message>
        <source>{title}: {value} % of the variance</source>
        <translation>{title}: {value} % der Varianz</translation>
    </message>
    <message>
        <source>The whole embedding</source>
        <translation>Das ganze Embedding</translation>
    </message>
    <message>
        <source>1 component: {value} % of the variance</source>
        <translation>1 Komponente: {value} % der Varianz</translation>
    </message>
    <message>
        <source>{count} components: {value} % of the variance</source>
        <translation>{count} Komponenten: {value} % der Varianz</translation>
    </message>
    <message>
        <source>How far the picture turns from the one meaning to the other; 0.25 to 0.50 is the usual range.
Theta of a text diff: z = slerp(z_i, norm(z_t - z_t0), theta), Ramesh et al. 2022, 3.3</source>
        <translation>Wie weit sich das Bild von der einen Bedeutung zur anderen dreht; üblich ist 0,25 bis 0,50.
Theta einer Textdifferenz: z = slerp(z_i, norm(z_t - z_t0), theta), Ramesh et al. 2022, 3.3</translation>
    </message>
    <message>
        <source>From, like: winter</source>
        <translation>Von, etwa: winter</translation>
    </message>
    <message>
        <source>Text diff {number}, from</source>
        <translation>Textdifferenz {number}, von</translation>
    </message>
    <message>
        <source>To, like: autumn</source>
        <translation>Nach, etwa: autumn</translation>
    </message>
    <message>
        <source>Text diff {number}, to</source>
        <translation>Textdifferenz {number}, nach</translation>
    </message>
    <message>
        <source>Theta of text diff {number}</source>
        <translation>Theta der Textdifferenz {number}</translation>
    </message>
    <message>
        <source>Move or remove this text diff</source>
        <translation>Diese Textdifferenz verschieben oder entfernen</translation>
    </message>
    <message>
        <source>Text diff {number}, more</source>
        <translation>Textdifferenz {number}, mehr</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Swap the texts</source>
        <translation>Texte tauschen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Text diff</source>
        <translation>Textdifferenz</translation>
    </message>
    <message>
        <source>The embedding as a file
A safetensors file with its space and how it was made.</source>
        <translation>Das Embedding als Datei
Eine safetensors-Datei mit seinem Raum und seiner Entstehung.</translation>
    </message>
    <message>
        <source>Embedding files</source>
        <translation>Embedding-Dateien</translation>
    </message>
    <message>
        <source>Save embedding…</source>
        <translation>Embedding speichern …</translation>
    </message>
    <message>
        <source>Load embedding…</source>
        <translation>Embedding laden …</translation>
    </message>
    <message>
        <source>Wait for the full picture, then save its embedding.</source>
        <translation>Auf das volle Bild warten, dann sein Embedding speichern.</translation>
    </message>
    <message>
        <source>Saved as {path}.</source>
        <translation>Gespeichert als {path}.</translation>
    </message>
    <message>
        <source>Save embedding as</source>
        <translation>Embedding speichern unter</translation>
    </message>
    <message>
        <source>Save embeddings as</source>
        <translation>Embeddings speichern unter</translation>
    </message>
    <message>
        <source>Save components as</source>
        <translation>Komponenten speichern unter</translation>
    </message>
    <message>
        <source>Load embedding</source>
        <translation>Embedding laden</translation>
    </message>
    <message>
        <source>Load embeddings</source>
        <translation>Embeddings laden</translation>
    </message>
    <message>
        <source>Load components</source>
        <translation>Komponenten laden</translation>
    </message>
    <message>
        <source>Save and load
Embeddings and components, as safetensors files.</source>
        <translation>Speichern und laden
Embeddings und Komponenten, als safetensors-Dateien.</translation>
    </message>
    <message>
        <source>Save embeddings…</source>
        <translation>Embeddings speichern …</translation>
    </message>
    <message>
        <source>Save components…</source>
        <translation>Komponenten speichern …</translation>
    </message>
    <message>
        <source>Load embeddings…</source>
        <translation>Embeddings laden …</translation>
    </message>
    <message>
        <source>Load components…</source>
        <translation>Komponenten laden …</translation>
    </message>
    <message>
        <source>Embeddings ({pattern})</source>
        <translation>Embeddings ({pattern})</translation>
    </message>
    <message>
        <source>Map the gallery to see which pictures lie near each other.</source>
        <translation>Die Galerie kartieren, um zu sehen, welche Bilder nah beieinander liegen.</translation>
    </message>
    <message>
        <source>Click a picture, or draw a loop around several.</source>
        <translation>Ein Bild anklicken oder eine Schleife um mehrere ziehen.</translation>
    </message>
    <message>
        <source>Component across</source>
        <translation>Komponente waagerecht</translation>
    </message>
    <message>
        <source>Component upwards</source>
        <translation>Komponente senkrecht</translation>
    </message>
    <message>
        <source>Mix</source>
        <translation>Mischen</translation>
    </message>
    <message>
        <source>Map these</source>
        <translation>Diese kartieren</translation>
    </message>
    <message>
        <source>Put 2 to {corners} selected pictures on the corners of the mix board.</source>
        <translation>2 bis {corners} gewählte Bilder auf die Ecken des Mischbretts legen.</translation>
    </message>
    <message>
        <source>Map the selection alone, {least} pictures or more: its components part what looks alike among all.</source>
        <translation>Nur die Auswahl kartieren, ab {least} Bildern: Ihre Komponenten trennen, was unter allen gleich aussieht.</translation>
    </message>
    <message>
        <source>Across</source>
        <translation>Quer</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Hoch</translation>
    </message>
    <message>
        <source>Map a folder of pictures</source>
        <translation>Einen Ordner mit Bildern kartieren</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Kartieren</translation>
    </message>
    <message>
        <source>1 picture selected</source>
        <translation>1 Bild ausgewählt</translation>
    </message>
    <message>
        <source>{count} pictures selected</source>
        <translation>{count} Bilder ausgewählt</translation>
    </message>
    <message>
        <source>Explore mean</source>
        <translation>Mittel erkunden</translation>
    </message>
    <message>
        <source>Explore what these pictures have in common: the mean of their embeddings.</source>
        <translation>Erkunden, was diese Bilder gemeinsam haben: das Mittel ihrer Embeddings.</translation>
    </message>
    <message>
        <source>Explore the selected picture.</source>
        <translation>Das gewählte Bild erkunden.</translation>
    </message>
    <message>
        <source>Pictures to map</source>
        <translation>Bilder für die Karte</translation>
    </message>
    <message>
        <source>Which pictures are mapped: the newest of the gallery, or of a folder.</source>
        <translation>Welche Bilder kartiert werden: die neuesten der Galerie oder eines Ordners.</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>Galerie</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Ordner wählen …</translation>
    </message>
    <message>
        <source>Which difference between the pictures this axis shows; the first ones are the largest.
Principal component of CLIP image embeddings, Ramesh et al. 2022, section 4.</source>
        <translation>Welchen Unterschied zwischen den Bildern diese Achse zeigt; die ersten sind die größten.
Hauptkomponente von CLIP-Bild-Embeddings, Ramesh et al. 2022, Abschnitt 4.</translation>
    </message>
    <message>
        <source>Pictures embedded</source>
        <translation>Eingebettete Bilder</translation>
    </message>
    <message>
        <source>top left</source>
        <translation>oben links</translation>
    </message>
    <message>
        <source>top right</source>
        <translation>oben rechts</translation>
    </message>
    <message>
        <source>bottom left</source>
        <translation>unten links</translation>
    </message>
    <message>
        <source>bottom right</source>
        <translation>unten rechts</translation>
    </message>
    <message>
        <source>Put pictures or prompts on two to four corners, then drag the point between them.</source>
        <translation>Bilder oder Prompts auf zwei bis vier Ecken legen, dann den Punkt dazwischen ziehen.</translation>
    </message>
    <message>
        <source>Off: every mix starts from one noise, so that only the meaning changes.
On: the noise is that of the pictures, mixed like their meanings; corners look like themselves. x_T fixed or slerped, Ramesh et al. 2022, section 3.2</source>
        <translation>Aus: Jede Mischung beginnt beim selben Rauschen, sodass sich nur die Bedeutung ändert.
An: Das Rauschen ist das der Bilder, gemischt wie ihre Bedeutungen; Ecken sehen aus wie sie selbst. x_T fest oder per Slerp, Ramesh et al. 2022, Abschnitt 3.2</translation>
    </message>
    <message>
        <source>Noise of the pictures</source>
        <translation>Rauschen der Bilder</translation>
    </message>
    <message>
        <source>Another noise
The mixes keep their meaning.</source>
        <translation>Anderes Rauschen
Die Mischungen behalten ihre Bedeutung.</translation>
    </message>
    <message>
        <source>Another noise</source>
        <translation>Anderes Rauschen</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Empty all corners and go back to the single picture</source>
        <translation>Alle Ecken leeren und zum einzelnen Bild zurückkehren</translation>
    </message>
    <message>
        <source>Film strip</source>
        <translation>Filmstreifen</translation>
    </message>
    <message>
        <source>Make the way from left to right as seven frames</source>
        <translation>Den Weg von links nach rechts als sieben Bilder machen</translation>
    </message>
    <message>
        <source>Explored picture</source>
        <translation>Erkundetes Bild</translation>
    </message>
    <message>
        <source>Prompt…</source>
        <translation>Prompt …</translation>
    </message>
    <message>
        <source>Clear corner</source>
        <translation>Ecke leeren</translation>
    </message>
    <message>
        <source>Things</source>
        <translation>Dinge</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Orte</translation>
    </message>
    <message>
        <source>There is no picture on the canvas yet.</source>
        <translation>Auf der Leinwand ist noch kein Bild.</translation>
    </message>
    <message>
        <source>There is no picture in the explorer yet.</source>
        <translation>Im Explorer ist noch kein Bild.</translation>
    </message>
    <message>
        <source>Still taken for “{now}”.</source>
        <translation>Wird weiter für „{now}“ gehalten.</translation>
    </message>
    <message>
        <source>The word turns “{was}” into “{now}”.</source>
        <translation>Das Wort macht aus „{was}“ „{now}“.</translation>
    </message>
    <message>
        <source>Seed {seed}</source>
        <translation>Seed {seed}</translation>
    </message>
    <message>
        <source>Write “{word}”</source>
        <translation>„{word}“ schreiben</translation>
    </message>
    <message>
        <source>With “{word}” on it</source>
        <translation>Mit „{word}“ darauf</translation>
    </message>
    <message>
        <source>Explore a picture first.</source>
        <translation>Zuerst ein Bild erkunden.</translation>
    </message>
    <message>
        <source>What stands at the {place}?</source>
        <translation>Was steht {place}?</translation>
    </message>
    <message>
        <source>Open or make a picture, then press Explore: sliders turn what it means.</source>
        <translation>Ein Bild öffnen oder machen, dann Erkunden: Regler drehen an seiner Bedeutung.</translation>
    </message>
    <message>
        <source>PCA</source>
        <translation>PCA</translation>
    </message>
    <message>
        <source>Undo in the explorer</source>
        <translation>Im Explorer rückgängig</translation>
    </message>
    <message>
        <source>Redo in the explorer</source>
        <translation>Im Explorer wiederholen</translation>
    </message>
    <message>
        <source>Take the explorer out into its own window</source>
        <translation>Den Explorer in ein eigenes Fenster nehmen</translation>
    </message>
    <message>
        <source>Close the explorer (Ctrl+E)</source>
        <translation>Den Explorer schließen (Strg+E)</translation>
    </message>
    <message>
        <source>Undo exploration</source>
        <translation>Erkundung rückgängig</translation>
    </message>
    <message>
        <source>Redo exploration</source>
        <translation>Erkundung wiederholen</translation>
    </message>
    <message>
        <source>Pop out explorer</source>
        <translation>Explorer herauslösen</translation>
    </message>
    <message>
        <source>Close explorer</source>
        <translation>Explorer schließen</translation>
    </message>
    <message>
        <source>Explore canvas</source>
        <translation>Bild erkunden</translation>
    </message>
    <message>
        <source>Start from the picture that the canvas shows</source>
        <translation>Vom Bild auf der Leinwand ausgehen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Save the full picture in the gallery and stage it on the canvas</source>
        <translation>Das volle Bild in der Galerie speichern und auf der Leinwand vorlegen</translation>
    </message>
    <message>
        <source>Copy as command
This state as a line for the terminal.</source>
        <translation>Als Befehl kopieren
Dieser Zustand als Zeile für das Terminal.</translation>
    </message>
    <message>
        <source>Copy as command</source>
        <translation>Als Befehl kopieren</translation>
    </message>
    <message>
        <source>Bring every slider of every tab back</source>
        <translation>Alle Regler aller Reiter zurückstellen</translation>
    </message>
    <message>
        <source>Explorer tabs</source>
        <translation>Reiter des Explorers</translation>
    </message>
    <message>
        <source>There is nothing to copy yet.</source>
        <translation>Es gibt noch nichts zu kopieren.</translation>
    </message>
    <message>
        <source>Copied. Paste it into a terminal.</source>
        <translation>Kopiert. In ein Terminal einfügen.</translation>
    </message>
    <message>
        <source>Waits for the job that runs.</source>
        <translation>Wartet auf den laufenden Auftrag.</translation>
    </message>
    <message>
        <source>{cosine} to “{goal}”</source>
        <translation>{cosine} zu „{goal}“</translation>
    </message>
    <message>
        <source>cos {to_start} to the start</source>
        <translation>cos {to_start} zum Anfang</translation>
    </message>
    <message>
        <source>Generate makes this candidate instead of the best one. It is unpinned when the prompt, the seed, the number of candidates or the prior changes.
With a count over 1, the further pictures take the same draw of their own seeds.</source>
        <translation>Erzeugen macht diesen Kandidaten statt des besten. Er löst sich, wenn Prompt, Seed, Zahl der Kandidaten oder Prior sich ändern.
Bei einer Anzahl über 1 nehmen die weiteren Bilder denselben Zug ihrer eigenen Seeds.</translation>
    </message>
    <message>
        <source>Unpin: make the best candidate again</source>
        <translation>Lösen: wieder den besten Kandidaten machen</translation>
    </message>
    <message>
        <source>Without it Generate gives the decoder the text embedding in place of an image embedding: simpler pictures.
The ablation of Ramesh et al. 2022, section 5.1.</source>
        <translation>Ohne ihn gibt Erzeugen dem Decoder das Text-Embedding anstelle eines Bild-Embeddings: einfachere Bilder.
Die Ablation von Ramesh et al. 2022, Abschnitt 5.1.</translation>
    </message>
    <message>
        <source>How many image embeddings are drawn and shown here.</source>
        <translation>Wie viele Bild-Embeddings gezogen und hier gezeigt werden.</translation>
    </message>
    <message>
        <source>Of the candidates and the comparison here; a pin takes it over for Generate.</source>
        <translation>Der Kandidaten und des Vergleichs hier; Anheften übernimmt ihn für Erzeugen.</translation>
    </message>
    <message>
        <source>Use the prior</source>
        <translation>Den Prior verwenden</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation>Kandidaten</translation>
    </message>
    <message>
        <source>The prior turns the prompt into an image embedding, with each draw into another one. See what they mean before the costly stages, and pin the one to make.</source>
        <translation>Der Prior macht aus dem Prompt ein Bild-Embedding, mit jedem Zug ein anderes. Vor den teuren Stufen sehen, was sie bedeuten, und das gewünschte anheften.</translation>
    </message>
    <message>
        <source>One seed three times: the decoder sees the caption only, the text embedding in place of an image embedding, or what the prior makes of it.</source>
        <translation>Ein Seed, dreimal: Der Decoder sieht nur den Text, das Text-Embedding anstelle eines Bild-Embeddings, oder was der Prior daraus macht.</translation>
    </message>
    <message>
        <source>Makes a small picture of each candidate in few steps. Generate would decode the one whose embedding has the highest cosine to the text&apos;s.
Ramesh et al. 2022, section 2.2.</source>
        <translation>Macht von jedem Kandidaten in wenigen Schritten ein kleines Bild. Erzeugen würde den dekodieren, dessen Embedding den höchsten Kosinus zu dem des Textes hat.
Ramesh et al. 2022, Abschnitt 2.2.</translation>
    </message>
    <message>
        <source>Makes full pictures with the settings of Generate.
The ablation of Ramesh et al. 2022, section 5.1, figure 8.</source>
        <translation>Macht volle Bilder mit den Einstellungen von Erzeugen.
Die Ablation von Ramesh et al. 2022, Abschnitt 5.1, Abbildung 8.</translation>
    </message>
    <message>
        <source>Prompt or prior have changed since: draw again to pin one.</source>
        <translation>Prompt oder Prior haben sich geändert: zum Anheften neu ziehen.</translation>
    </message>
    <message>
        <source>Draw candidates</source>
        <translation>Kandidaten ziehen</translation>
    </message>
    <message>
        <source>“{prompt}”</source>
        <translation>„{prompt}“</translation>
    </message>
    <message>
        <source>Cosine to the text: {least} to {most}, spread {spread}. Space or a click on the pin pins one.</source>
        <translation>Kosinus zum Text: {least} bis {most}, Spanne {spread}. Leertaste oder ein Klick auf die Nadel heftet einen an.</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>What the prior adds</source>
        <translation>Was der Prior beiträgt</translation>
    </message>
    <message>
        <source>{title}: cosine to the text embedding {score}</source>
        <translation>{title}: Kosinus zum Text-Embedding {score}</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export film strip</source>
        <translation>Filmstreifen exportieren</translation>
    </message>
    <message>
        <source>Strip (PNG)…</source>
        <translation>Streifen (PNG) …</translation>
    </message>
    <message>
        <source>Animation (GIF)…</source>
        <translation>Animation (GIF) …</translation>
    </message>
    <message>
        <source>Animation (WebP)…</source>
        <translation>Animation (WebP) …</translation>
    </message>
    <message>
        <source>Single pictures in a folder…</source>
        <translation>Einzelne Bilder in einem Ordner …</translation>
    </message>
    <message>
        <source>Folder for the pictures</source>
        <translation>Ordner für die Bilder</translation>
    </message>
    <message>
        <source>Stop; the frames that are made stay</source>
        <translation>Anhalten; fertige Bilder bleiben</translation>
    </message>
    <message>
        <source>Stop the film strip</source>
        <translation>Den Filmstreifen anhalten</translation>
    </message>
    <message>
        <source>{count} of {total} frames</source>
        <translation>{count} von {total} Bildern</translation>
    </message>
    <message>
        <source>Of before the last change: </source>
        <translation>Von vor der letzten Änderung: </translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Add a text diff; they are composed from top to bottom.</source>
        <translation>Eine Textdifferenz hinzufügen; sie wirken von oben nach unten.</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Vorgaben</translation>
    </message>
    <message>
        <source>Bring every slider back to where it does nothing.</source>
        <translation>Jeden Regler dorthin zurückstellen, wo er nichts tut.</translation>
    </message>
    <message>
        <source>Make the way from the picture to the sliders as seven frames</source>
        <translation>Den Weg vom Bild zu den Reglern als sieben Bilder machen</translation>
    </message>
    <message>
        <source>Pictures ({patterns})</source>
        <translation>Bilder ({patterns})</translation>
    </message>
    <message>
        <source>Open as layers</source>
        <translation>Als Ebenen öffnen</translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation>Eingefügtes Bild</translation>
    </message>
    <message>
        <source>Save picture as</source>
        <translation>Bild speichern unter</translation>
    </message>
    <message>
        <source>This picture carries its settings.</source>
        <translation>Dieses Bild trägt seine Einstellungen in sich.</translation>
    </message>
    <message>
        <source>Use them</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>The picture cannot be saved as {suffix}.</source>
        <translation>Das Bild kann nicht als {suffix} gespeichert werden.</translation>
    </message>
    <message>
        <source>no kind of file</source>
        <translation>keine Dateiart</translation>
    </message>
    <message>
        <source>Use one of: {suffixes}.</source>
        <translation>Möglich sind: {suffixes}.</translation>
    </message>
    <message>
        <source>{form} cannot hold {size} px.</source>
        <translation>{form} fasst keine {size} px.</translation>
    </message>
    <message>
        <source>Use .png.</source>
        <translation>.png verwenden.</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>Erzeugen</translation>
    </message>
    <message>
        <source>More weight for the words at the cursor</source>
        <translation>Mehr Gewicht für die Wörter am Cursor</translation>
    </message>
    <message>
        <source>Less weight for the words at the cursor</source>
        <translation>Weniger Gewicht für die Wörter am Cursor</translation>
    </message>
    <message>
        <source>Prompt before this one</source>
        <translation>Der Prompt davor</translation>
    </message>
    <message>
        <source>Offer wildcards and styles</source>
        <translation>Platzhalter und Stile anbieten</translation>
    </message>
    <message>
        <source>Prompt after this one</source>
        <translation>Der Prompt danach</translation>
    </message>
    <message>
        <source>Compare the result with the original</source>
        <translation>Das Ergebnis mit dem Original vergleichen</translation>
    </message>
    <message>
        <source>The original, while it is held</source>
        <translation>Das Original, solange gehalten</translation>
    </message>
    <message>
        <source>Delete the chosen pictures</source>
        <translation>Die gewählten Bilder löschen</translation>
    </message>
    <message>
        <source>Only pictures and projects on this machine can be opened.</source>
        <translation>Nur Bilder und Projekte auf diesem Rechner können geöffnet werden.</translation>
    </message>
    <message>
        <source>There is no picture on the clipboard.</source>
        <translation>In der Zwischenablage ist kein Bild.</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>&amp;Öffnen</translation>
    </message>
    <message>
        <source>In the place of what is on the canvas; undo brings that back</source>
        <translation>Anstelle dessen, was auf der Leinwand ist; Rückgängig bringt es zurück</translation>
    </message>
    <message>
        <source>As &amp;layer</source>
        <translation>Als &amp;Ebene</translation>
    </message>
    <message>
        <source>As &amp;layers</source>
        <translation>Als &amp;Ebenen</translation>
    </message>
    <message>
        <source>Over the active layer, scaled down to fit</source>
        <translation>Über die aktive Ebene, passend verkleinert</translation>
    </message>
    <message>
        <source>As &amp;mask</source>
        <translation>Als &amp;Maske</translation>
    </message>
    <message>
        <source>White is repainted; or what is transparent, where anything is</source>
        <translation>Weißes wird neu gemalt; oder Durchsichtiges, wo es welches gibt</translation>
    </message>
    <message>
        <source>&amp;Explore</source>
        <translation>Er&amp;kunden</translation>
    </message>
    <message>
        <source>Look at what it means, and change that</source>
        <translation>Ansehen, was es bedeutet, und das ändern</translation>
    </message>
    <message>
        <source>{count} pictures</source>
        <translation>{count} Bilder</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>{key} also does: {others}.</source>
        <translation>{key} tut auch: {others}.</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <source>What is going to be repainted. It is not part of the picture.</source>
        <translation>Was neu gemalt wird. Sie gehört nicht zum Bild.</translation>
    </message>
    <message>
        <source>Mask, visible</source>
        <translation>Maske, sichtbar</translation>
    </message>
    <message>
        <source>Mask, hidden</source>
        <translation>Maske, verborgen</translation>
    </message>
    <message>
        <source>what is repainted</source>
        <translation>was neu gemalt wird</translation>
    </message>
    <message>
        <source>{name}
F2 or a double click renames it.</source>
        <translation>{name}
F2 oder ein Doppelklick benennt sie um.</translation>
    </message>
    <message>
        <source>Layer {name}, visible, {opacity}</source>
        <translation>Ebene {name}, sichtbar, {opacity}</translation>
    </message>
    <message>
        <source>Layer {name}, hidden, {opacity}</source>
        <translation>Ebene {name}, verborgen, {opacity}</translation>
    </message>
    <message>
        <source>Inpaint</source>
        <translation>Übermalen</translation>
    </message>
    <message>
        <source>Refine</source>
        <translation>Verfeinern</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>from last time</source>
        <translation>vom letzten Mal</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>hält an</translation>
    </message>
    <message>
        <source>loading model</source>
        <translation>Modell wird geladen</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>beginnt</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>noch {time}</translation>
    </message>
    <message>
        <source>Swap the axes</source>
        <translation>Achsen tauschen</translation>
    </message>
    <message>
        <source>Make the grid</source>
        <translation>Raster machen</translation>
    </message>
    <message>
        <source>Save grid…</source>
        <translation>Raster speichern …</translation>
    </message>
    <message>
        <source>Sweep two settings</source>
        <translation>Zwei Einstellungen durchgehen</translation>
    </message>
    <message>
        <source>One PNG with title, axes and values, and all recipes in it.</source>
        <translation>Ein PNG mit Titel, Achsen und Werten und allen Rezepten darin.</translation>
    </message>
    <message>
        <source>Progress of the grid</source>
        <translation>Fortschritt des Rasters</translation>
    </message>
    <message>
        <source>Size of the cells</source>
        <translation>Größe der Zellen</translation>
    </message>
    <message>
        <source>Size of the cells (Ctrl+wheel)</source>
        <translation>Größe der Zellen (Strg+Rad)</translation>
    </message>
    <message>
        <source>A picture for every combination of two settings. Each is kept in the gallery; a click shows it on the canvas.</source>
        <translation>Ein Bild für jede Kombination zweier Einstellungen. Jedes bleibt in der Galerie; ein Klick zeigt es auf der Leinwand.</translation>
    </message>
    <message>
        <source>{size}, about {time}</source>
        <translation>{size}, etwa {time}</translation>
    </message>
    <message>
        <source>{columns} × {rows} = {count} pictures</source>
        <translation>{columns} × {rows} = {count} Bilder</translation>
    </message>
    <message>
        <source>about {time}</source>
        <translation>etwa {time}</translation>
    </message>
    <message>
        <source>{made} of {count} pictures</source>
        <translation>{made} von {count} Bildern</translation>
    </message>
    <message>
        <source>{text}, {time} left</source>
        <translation>{text}, noch {time}</translation>
    </message>
    <message>
        <source>Save grid as</source>
        <translation>Raster speichern unter</translation>
    </message>
    <message>
        <source>No prompt</source>
        <translation>Kein Prompt</translation>
    </message>
    <message>
        <source>seed {seed}</source>
        <translation>Seed {seed}</translation>
    </message>
    <message>
        <source>1 picture</source>
        <translation>1 Bild</translation>
    </message>
    <message>
        <source>unsaved</source>
        <translation>ungespeichert</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>Leer</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>In work</source>
        <translation>In Arbeit</translation>
    </message>
    <message>
        <source>The canvas as it is</source>
        <translation>Die Leinwand, wie sie ist</translation>
    </message>
    <message>
        <source>Live: it is not kept yet</source>
        <translation>Live: noch nicht behalten</translation>
    </message>
    <message>
        <source>The picture in work</source>
        <translation>Das Bild in Arbeit</translation>
    </message>
    <message>
        <source>Result {number}, seed {seed}</source>
        <translation>Ergebnis {number}, Seed {seed}</translation>
    </message>
    <message>
        <source>CLIP score {score}: the cosine to the prompt</source>
        <translation>CLIP-Wert {score}: der Kosinus zum Prompt</translation>
    </message>
    <message>
        <source>not saved</source>
        <translation>nicht gespeichert</translation>
    </message>
    <message>
        <source>Keys (*.json)</source>
        <translation>Tasten (*.json)</translation>
    </message>
    <message>
        <source>Import keys</source>
        <translation>Tasten importieren</translation>
    </message>
    <message>
        <source>Export keys</source>
        <translation>Tasten exportieren</translation>
    </message>
    <message>
        <source>Left out, because unknown or not possible: {keys}.</source>
        <translation>Ausgelassen, weil unbekannt oder nicht möglich: {keys}.</translation>
    </message>
    <message>
        <source>The keys of the file are in use.</source>
        <translation>Die Tasten der Datei gelten jetzt.</translation>
    </message>
    <message>
        <source>{name} cannot be read.</source>
        <translation>{name} kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Is it still there?</source>
        <translation>Ist sie noch da?</translation>
    </message>
    <message>
        <source>{name} has no keys in it.</source>
        <translation>In {name} stehen keine Tasten.</translation>
    </message>
    <message>
        <source>Choose a file that was exported.</source>
        <translation>Eine exportierte Datei wählen.</translation>
    </message>
    <message>
        <source>{name} is of a newer version of the program.</source>
        <translation>{name} ist von einer neueren Version des Programms.</translation>
    </message>
    <message>
        <source>Update the program to use it.</source>
        <translation>Zum Verwenden das Programm aktualisieren.</translation>
    </message>
    <message>
        <source>Anywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>This is not a key that can be used.</source>
        <translation>Diese Taste kann nicht verwendet werden.</translation>
    </message>
    <message>
        <source>{key} is always: {title}.</source>
        <translation>{key} ist immer: {title}.</translation>
    </message>
    <message>
        <source>{key} leaves things or moves the focus, everywhere.</source>
        <translation>{key} verlässt etwas oder bewegt den Fokus, überall.</translation>
    </message>
    <message>
        <source>{key} alone is typed into the prompt: hold Ctrl or Alt with it. Single keys are for canvas and gallery only.</source>
        <translation>{key} allein wird in den Prompt geschrieben: Strg oder Alt dazu halten. Einzelne Tasten sind nur für Leinwand und Galerie.</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>This will be so from the next start on.</source>
        <translation>Das gilt vom nächsten Start an.</translation>
    </message>
    <message>
        <source>Clear the list</source>
        <translation>Liste leeren</translation>
    </message>
    <message>
        <source>Beginning</source>
        <translation>Anfang</translation>
    </message>
    <message>
        <source>Queue a job with these settings
With a painted mask: repaint what it covers.</source>
        <translation>Einen Auftrag mit diesen Einstellungen einreihen
Mit gemalter Maske: neu malen, was sie bedeckt.</translation>
    </message>
    <message>
        <source>The seed cannot be used: correct it or press the dice.</source>
        <translation>Der Seed kann nicht verwendet werden: ihn berichtigen oder würfeln.</translation>
    </message>
    <message>
        <source>The settings are the model&apos;s defaults again.</source>
        <translation>Die Einstellungen sind wieder die Vorgaben des Modells.</translation>
    </message>
    <message>
        <source>{key} brings the panels back.</source>
        <translation>{key} bringt die Bereiche zurück.</translation>
    </message>
    <message>
        <source>Prompt and settings</source>
        <translation>Prompt und Einstellungen</translation>
    </message>
    <message>
        <source>Invert the mask</source>
        <translation>Die Maske umkehren</translation>
    </message>
    <message>
        <source>Clear the mask</source>
        <translation>Die Maske leeren</translation>
    </message>
    <message>
        <source>Fit the picture into the view</source>
        <translation>Das Bild einpassen</translation>
    </message>
    <message>
        <source>There are pictures that are not saved. Save them again, or close to lose them.</source>
        <translation>Es gibt ungespeicherte Bilder. Noch einmal speichern, oder schließen und sie verlieren.</translation>
    </message>
    <message>
        <source>Save again</source>
        <translation>Noch einmal speichern</translation>
    </message>
    <message>
        <source>Black and white, white = repaint (*.png)</source>
        <translation>Schwarz-Weiß, Weiß = neu malen (*.png)</translation>
    </message>
    <message>
        <source>The picture, transparent = repaint (*.png)</source>
        <translation>Das Bild, durchsichtig = neu malen (*.png)</translation>
    </message>
    <message>
        <source>Import mask</source>
        <translation>Maske importieren</translation>
    </message>
    <message>
        <source>There is no mask to be exported yet.</source>
        <translation>Es gibt noch keine Maske zu exportieren.</translation>
    </message>
    <message>
        <source>Export mask</source>
        <translation>Maske exportieren</translation>
    </message>
    <message>
        <source>The canvas has changed meanwhile: import the mask again.</source>
        <translation>Die Leinwand hat sich inzwischen geändert: die Maske noch einmal importieren.</translation>
    </message>
    <message>
        <source>The mask is empty: what is white in it, or transparent, is repainted.</source>
        <translation>Die Maske ist leer: Was darin weiß oder durchsichtig ist, wird neu gemalt.</translation>
    </message>
    <message>
        <source>The mask was scaled from {old} to {new}.</source>
        <translation>Die Maske wurde von {old} auf {new} skaliert.</translation>
    </message>
    <message>
        <source>Open a picture first: a mask belongs to one.</source>
        <translation>Zuerst ein Bild öffnen: Eine Maske gehört zu einem.</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>Open recen&amp;t</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>No project was open yet</source>
        <translation>Noch kein Projekt war offen</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;History</source>
        <translation>&amp;Verlauf</translation>
    </message>
    <message>
        <source>Nothing was done yet</source>
        <translation>Noch nichts getan</translation>
    </message>
    <message>
        <source>&amp;Layer</source>
        <translation>&amp;Ebene</translation>
    </message>
    <message>
        <source>&amp;Mask</source>
        <translation>&amp;Maske</translation>
    </message>
    <message>
        <source>Outpain&amp;t</source>
        <translation>Er&amp;weitern</translation>
    </message>
    <message>
        <source>Pro&amp;mpt</source>
        <translation>Promp&amp;t</translation>
    </message>
    <message>
        <source>S&amp;tyle</source>
        <translation>S&amp;til</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;UI scale</source>
        <translation>Gr&amp;öße der Oberfläche</translation>
    </message>
    <message>
        <source>L&amp;anguage</source>
        <translation>Spra&amp;che</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>The queue is done</source>
        <translation>Die Warteschlange ist fertig</translation>
    </message>
    <message>
        <source>Euler ancestral</source>
        <translation>Euler ancestral</translation>
    </message>
    <message>
        <source>Diffusion prior</source>
        <translation>Diffusions-Prior</translation>
    </message>
    <message>
        <source>Autoregressive prior</source>
        <translation>Autoregressiver Prior</translation>
    </message>
    <message>
        <source>None (text embedding)</source>
        <translation>Keiner (Text-Embedding)</translation>
    </message>
    <message>
        <source>None (caption only)</source>
        <translation>Keiner (nur Text)</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>More steps give finer details and take longer.</source>
        <translation>Mehr Schritte geben feinere Einzelheiten und dauern länger.</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Where the image embedding comes from. Without a prior the text embedding takes its place: the ablation of Ramesh et al. 2022, section 5.1.</source>
        <translation>Woher das Bild-Embedding kommt. Ohne Prior tritt das Text-Embedding an seine Stelle: die Ablation von Ramesh et al. 2022, Abschnitt 5.1.</translation>
    </message>
    <message>
        <source>More steps follow the prior&apos;s distribution more closely and take longer.</source>
        <translation>Mehr Schritte folgen der Verteilung des Priors genauer und dauern länger.</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>Guidance</translation>
    </message>
    <message>
        <source>Higher ties the image embedding closer to the prompt, lower varies it more. Classifier-free guidance scale, Ho &amp; Salimans 2021.</source>
        <translation>Höher bindet das Bild-Embedding enger an den Prompt, niedriger variiert es mehr. Classifier-free guidance scale, Ho &amp; Salimans 2021.</translation>
    </message>
    <message>
        <source>How many image embeddings are drawn; the one nearest to the prompt is decoded. Ramesh et al. 2022, section 2.2, draw 2.</source>
        <translation>Wie viele Bild-Embeddings gezogen werden; das dem Prompt nächste wird dekodiert. Ramesh et al. 2022, Abschnitt 2.2: zwei.</translation>
    </message>
    <message>
        <source>More steps give cleaner pictures and take longer.</source>
        <translation>Mehr Schritte geben sauberere Bilder und dauern länger.</translation>
    </message>
    <message>
        <source>Higher follows the prompt more closely, lower varies more. Classifier-free guidance scale, Ho &amp; Salimans 2021.</source>
        <translation>Höher folgt dem Prompt genauer, niedriger variiert mehr. Classifier-free guidance scale, Ho &amp; Salimans 2021.</translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation>Sampler</translation>
    </message>
    <message>
        <source>The solver that turns noise into the picture; each has its own look at few steps.</source>
        <translation>Das Verfahren, das aus Rauschen das Bild macht; bei wenigen Schritten sieht jedes anders aus.</translation>
    </message>
    <message>
        <source>its own</source>
        <translation>eigener</translation>
    </message>
    <message>
        <source>Sampler {name}</source>
        <translation>Sampler {name}</translation>
    </message>
    <message>
        <source>{stage} steps</source>
        <translation>{stage}: Schritte</translation>
    </message>
    <message>
        <source>{stage} guidance</source>
        <translation>{stage}: Guidance</translation>
    </message>
    <message>
        <source>{asked} is not offered by {model}; using {used}.</source>
        <translation>{model} bietet {asked} nicht an; verwendet wird {used}.</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>Hardness</source>
        <translation>Härte</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>Deckkraft</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>Toleranz</translation>
    </message>
    <message>
        <source>Contiguous</source>
        <translation>Zusammenhängend</translation>
    </message>
    <message>
        <source>Pen pressure: what it does, and its curve</source>
        <translation>Stiftdruck: was er tut, und seine Kurve</translation>
    </message>
    <message>
        <source>Width of brush and eraser in px ([ and ], or Ctrl+wheel).</source>
        <translation>Breite von Pinsel und Radierer in px ([ und ], oder Strg+Rad).</translation>
    </message>
    <message>
        <source>100 %: a sharp edge; lower: it fades out ({ and }).</source>
        <translation>100 %: ein scharfer Rand; weniger: Er läuft weich aus ({ und }).</translation>
    </message>
    <message>
        <source>How much a whole stroke covers (&lt; and &gt;).</source>
        <translation>Wie stark ein ganzer Strich deckt (&lt; und &gt;).</translation>
    </message>
    <message>
        <source>How far a colour may be from the one that is clicked: 0 to 255 in each channel.</source>
        <translation>Wie weit eine Farbe von der angeklickten abweichen darf: 0 bis 255 je Kanal.</translation>
    </message>
    <message>
        <source>Only what hangs together with the place that is clicked.</source>
        <translation>Nur was mit der angeklickten Stelle zusammenhängt.</translation>
    </message>
    <message>
        <source>Colour of brush, shapes and text</source>
        <translation>Farbe von Pinsel, Formen und Text</translation>
    </message>
    <message>
        <source>The other colour</source>
        <translation>Die andere Farbe</translation>
    </message>
    <message>
        <source>Swap the colours (X)</source>
        <translation>Farben tauschen (X)</translation>
    </message>
    <message>
        <source>Black and white (D)</source>
        <translation>Schwarz und Weiß (D)</translation>
    </message>
    <message>
        <source>Season</source>
        <translation>Jahreszeit</translation>
    </message>
    <message>
        <source>Winter to spring</source>
        <translation>Winter zu Frühling</translation>
    </message>
    <message>
        <source>Spring to summer</source>
        <translation>Frühling zu Sommer</translation>
    </message>
    <message>
        <source>Summer to autumn</source>
        <translation>Sommer zu Herbst</translation>
    </message>
    <message>
        <source>Autumn to winter</source>
        <translation>Herbst zu Winter</translation>
    </message>
    <message>
        <source>Winter to autumn</source>
        <translation>Winter zu Herbst</translation>
    </message>
    <message>
        <source>Dry to snowed in</source>
        <translation>Schneefrei zu verschneit</translation>
    </message>
    <message>
        <source>Time of day</source>
        <translation>Tageszeit</translation>
    </message>
    <message>
        <source>Day to night</source>
        <translation>Tag zu Nacht</translation>
    </message>
    <message>
        <source>Night to day</source>
        <translation>Nacht zu Tag</translation>
    </message>
    <message>
        <source>Noon to sunset</source>
        <translation>Mittag zu Sonnenuntergang</translation>
    </message>
    <message>
        <source>Noon to dawn</source>
        <translation>Mittag zu Morgengrauen</translation>
    </message>
    <message>
        <source>Noon to golden hour</source>
        <translation>Mittag zu goldener Stunde</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>Adult to child</source>
        <translation>Erwachsen zu Kind</translation>
    </message>
    <message>
        <source>Young to old</source>
        <translation>Jung zu alt</translation>
    </message>
    <message>
        <source>Grown to newborn</source>
        <translation>Ausgewachsen zu neugeboren</translation>
    </message>
    <message>
        <source>New to worn</source>
        <translation>Neu zu abgenutzt</translation>
    </message>
    <message>
        <source>Modern to medieval</source>
        <translation>Modern zu mittelalterlich</translation>
    </message>
    <message>
        <source>Modern to Victorian</source>
        <translation>Modern zu viktorianisch</translation>
    </message>
    <message>
        <source>Present to future</source>
        <translation>Gegenwart zu Zukunft</translation>
    </message>
    <message>
        <source>Material</source>
        <translation>Material</translation>
    </message>
    <message>
        <source>Wood</source>
        <translation>Holz</translation>
    </message>
    <message>
        <source>Glass</source>
        <translation>Glas</translation>
    </message>
    <message>
        <source>Gold</source>
        <translation>Gold</translation>
    </message>
    <message>
        <source>Marble</source>
        <translation>Marmor</translation>
    </message>
    <message>
        <source>Wool</source>
        <translation>Wolle</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Papier</translation>
    </message>
    <message>
        <source>Clay</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Ice</source>
        <translation>Eis</translation>
    </message>
    <message>
        <source>Oil painting</source>
        <translation>Ölgemälde</translation>
    </message>
    <message>
        <source>Watercolour</source>
        <translation>Aquarell</translation>
    </message>
    <message>
        <source>Pencil drawing</source>
        <translation>Bleistiftzeichnung</translation>
    </message>
    <message>
        <source>Woodcut</source>
        <translation>Holzschnitt</translation>
    </message>
    <message>
        <source>Impressionism</source>
        <translation>Impressionismus</translation>
    </message>
    <message>
        <source>Cubism</source>
        <translation>Kubismus</translation>
    </message>
    <message>
        <source>Stained glass</source>
        <translation>Glasmalerei</translation>
    </message>
    <message>
        <source>Pixel art</source>
        <translation>Pixelgrafik</translation>
    </message>
    <message>
        <source>Cartoon</source>
        <translation>Cartoon</translation>
    </message>
    <message>
        <source>3D render</source>
        <translation>3D-Grafik</translation>
    </message>
    <message>
        <source>Painting to photo</source>
        <translation>Gemälde zu Foto</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Red to blue</source>
        <translation>Rot zu Blau</translation>
    </message>
    <message>
        <source>Blue to red</source>
        <translation>Blau zu Rot</translation>
    </message>
    <message>
        <source>Green to yellow</source>
        <translation>Grün zu Gelb</translation>
    </message>
    <message>
        <source>White to black</source>
        <translation>Weiß zu Schwarz</translation>
    </message>
    <message>
        <source>Colour to black and white</source>
        <translation>Farbe zu Schwarz-Weiß</translation>
    </message>
    <message>
        <source>Dull to vivid</source>
        <translation>Matt zu leuchtend</translation>
    </message>
    <message>
        <source>Warm to cold</source>
        <translation>Warm zu kalt</translation>
    </message>
    <message>
        <source>Mood</source>
        <translation>Stimmung</translation>
    </message>
    <message>
        <source>Sad to happy</source>
        <translation>Traurig zu fröhlich</translation>
    </message>
    <message>
        <source>Happy to angry</source>
        <translation>Fröhlich zu wütend</translation>
    </message>
    <message>
        <source>Cheerful to gloomy</source>
        <translation>Heiter zu düster</translation>
    </message>
    <message>
        <source>Plain to dreamy</source>
        <translation>Nüchtern zu traumhaft</translation>
    </message>
    <message>
        <source>Calm to dramatic</source>
        <translation>Ruhig zu dramatisch</translation>
    </message>
    <message>
        <source>Tame to frightening</source>
        <translation>Zahm zu furchterregend</translation>
    </message>
    <message>
        <source>Scenes</source>
        <translation>Scenes</translation>
    </message>
    <message>
        <source>Autumn to spring</source>
        <translation>Herbst zu Frühling</translation>
    </message>
    <message>
        <source>Spring to winter</source>
        <translation>Frühling zu Winter</translation>
    </message>
    <message>
        <source>Night to sunrise</source>
        <translation>Nacht zu Sonnenaufgang</translation>
    </message>
    <message>
        <source>Field to beach</source>
        <translation>Feld zu Strand</translation>
    </message>
    <message>
        <source>City to mountains</source>
        <translation>Stadt zu Bergen</translation>
    </message>
    <message>
        <source>Beach to bottom of the sea</source>
        <translation>Strand zu Meeresgrund</translation>
    </message>
    <message>
        <source>Desert to outer space</source>
        <translation>Wüste zu Weltraum</translation>
    </message>
    <message>
        <source>White to black background</source>
        <translation>Weißer zu schwarzem Hintergrund</translation>
    </message>
    <message>
        <source>Blue to yellow</source>
        <translation>Blau zu Gelb</translation>
    </message>
    <message>
        <source>Green to pink</source>
        <translation>Grün zu Rosa</translation>
    </message>
    <message>
        <source>Cube to sphere</source>
        <translation>Würfel zu Kugel</translation>
    </message>
    <message>
        <source>Cat to dog</source>
        <translation>Katze zu Hund</translation>
    </message>
    <message>
        <source>Small to big</source>
        <translation>Klein zu groß</translation>
    </message>
    <message>
        <source>Sticker to 3d render</source>
        <translation>Sticker zu 3D-Grafik</translation>
    </message>
    <message>
        <source>Pencil sketch</source>
        <translation>Bleistiftskizze</translation>
    </message>
    <message>
        <source>Crop width</source>
        <translation>Breite des Zuschnitts</translation>
    </message>
    <message>
        <source>Crop height</source>
        <translation>Höhe des Zuschnitts</translation>
    </message>
    <message>
        <source>Canvas size…</source>
        <translation>Leinwandgröße …</translation>
    </message>
    <message>
        <source>Make the box the whole canvas (Return). One undo step.</source>
        <translation>Den Kasten zur ganzen Leinwand machen (Eingabe). Ein Schritt.</translation>
    </message>
    <message>
        <source>Leave the canvas as it is (Esc).</source>
        <translation>Die Leinwand lassen, wie sie ist (Esc).</translation>
    </message>
    <message>
        <source>Cut or extend the canvas by numbers.</source>
        <translation>Die Leinwand nach Zahlen beschneiden oder erweitern.</translation>
    </message>
    <message>
        <source>Describe a picture, or try one of these</source>
        <translation>Ein Bild beschreiben oder eines davon ausprobieren</translation>
    </message>
    <message>
        <source>Drop, paste or open a picture to paint over it</source>
        <translation>Ein Bild ablegen, einfügen oder öffnen, um es zu übermalen</translation>
    </message>
    <message>
        <source>Write this prompt and generate.</source>
        <translation>Diesen Prompt schreiben und erzeugen.</translation>
    </message>
    <message>
        <source>Drag a box on the canvas</source>
        <translation>Auf der Leinwand einen Kasten ziehen</translation>
    </message>
    <message>
        <source>Frame width</source>
        <translation>Breite des Rahmens</translation>
    </message>
    <message>
        <source>Frame height</source>
        <translation>Höhe des Rahmens</translation>
    </message>
    <message>
        <source>Keep the frame&apos;s shape</source>
        <translation>Seitenverhältnis des Rahmens behalten</translation>
    </message>
    <message>
        <source>Optimal size</source>
        <translation>Optimale Größe</translation>
    </message>
    <message>
        <source>Outpaint…</source>
        <translation>Erweitern …</translation>
    </message>
    <message>
        <source>Little known</source>
        <translation>Wenig bekannt</translation>
    </message>
    <message>
        <source>Grid of the frame</source>
        <translation>Raster des Rahmens</translation>
    </message>
    <message>
        <source>The frame&apos;s sides snap to multiples of this. Ctrl: free.</source>
        <translation>Die Seiten des Rahmens rasten auf Vielfache davon ein. Strg: frei.</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Frei</translation>
    </message>
    <message>
        <source>Make the frame as large as the model works: nothing is scaled.</source>
        <translation>Den Rahmen so groß machen, wie das Modell arbeitet: Nichts wird skaliert.</translation>
    </message>
    <message>
        <source>Let the frame stick out, so that the picture grows there.</source>
        <translation>Den Rahmen hinausragen lassen, sodass das Bild dort wächst.</translation>
    </message>
    <message>
        <source>Less than a quarter of the frame shows known picture: the result may not fit to it. Move the frame back, or let it stick out less.</source>
        <translation>Weniger als ein Viertel des Rahmens zeigt bekanntes Bild: Das Ergebnis passt vielleicht nicht dazu. Den Rahmen zurückschieben oder weniger hinausragen lassen.</translation>
    </message>
    <message>
        <source>Grow by</source>
        <translation>Wachsen um</translation>
    </message>
    <message>
        <source>Amount to grow by</source>
        <translation>Um wie viel es wächst</translation>
    </message>
    <message>
        <source>Unit of the amount</source>
        <translation>Einheit dafür</translation>
    </message>
    <message>
        <source>Outpaint above</source>
        <translation>Nach oben erweitern</translation>
    </message>
    <message>
        <source>Outpaint on the left</source>
        <translation>Nach links erweitern</translation>
    </message>
    <message>
        <source>Outpaint on the right</source>
        <translation>Nach rechts erweitern</translation>
    </message>
    <message>
        <source>Outpaint below</source>
        <translation>Nach unten erweitern</translation>
    </message>
    <message>
        <source>Little known picture inside</source>
        <translation>Wenig bekanntes Bild darin</translation>
    </message>
    <message>
        <source>Finished pictures are saved and appear here, newest first.</source>
        <translation>Fertige Bilder werden gespeichert und erscheinen hier, die neuesten zuerst.</translation>
    </message>
    <message>
        <source>Use prompt</source>
        <translation>Prompt verwenden</translation>
    </message>
    <message>
        <source>Use seed</source>
        <translation>Seed verwenden</translation>
    </message>
    <message>
        <source>Use all settings</source>
        <translation>Alle Einstellungen verwenden</translation>
    </message>
    <message>
        <source>Copy evaluated prompt</source>
        <translation>Ausgewerteten Prompt kopieren</translation>
    </message>
    <message>
        <source>Make variations</source>
        <translation>Variationen machen</translation>
    </message>
    <message>
        <source>Send to canvas</source>
        <translation>Auf die Leinwand</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Copied: {prompt}</source>
        <translation>Kopiert: {prompt}</translation>
    </message>
    <message>
        <source>The picture carries no prompt.</source>
        <translation>Das Bild trägt keinen Prompt in sich.</translation>
    </message>
    <message>
        <source>{name} carries no complete recipe of T2I Studio.</source>
        <translation>{name} trägt kein vollständiges Rezept von T2I Studio in sich.</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Ebenen</translation>
    </message>
    <message>
        <source>Show or hide (Space)</source>
        <translation>Zeigen oder verbergen (Leertaste)</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>verborgen</translation>
    </message>
    <message>
        <source>Open or make a picture: its layers and its mask are listed here.</source>
        <translation>Ein Bild öffnen oder machen: Hier stehen dann seine Ebenen und seine Maske.</translation>
    </message>
    <message>
        <source>Close the layers</source>
        <translation>Die Ebenen schließen</translation>
    </message>
    <message>
        <source>Add a clear layer (Insert)</source>
        <translation>Leere Ebene hinzufügen (Einfg)</translation>
    </message>
    <message>
        <source>Duplicate the layer (Ctrl+J)</source>
        <translation>Die Ebene duplizieren (Strg+J)</translation>
    </message>
    <message>
        <source>Move the layer up (Alt+Up)</source>
        <translation>Die Ebene nach oben (Alt+Auf)</translation>
    </message>
    <message>
        <source>Move the layer down (Alt+Down)</source>
        <translation>Die Ebene nach unten (Alt+Ab)</translation>
    </message>
    <message>
        <source>Remove the layer (Delete)</source>
        <translation>Die Ebene entfernen (Entf)</translation>
    </message>
    <message>
        <source>More: merge, flatten, rename</source>
        <translation>Mehr: zusammenlegen, reduzieren, umbenennen</translation>
    </message>
    <message>
        <source>Opacity of the layer</source>
        <translation>Deckkraft der Ebene</translation>
    </message>
    <message>
        <source>How much the layer covers of what lies below it.</source>
        <translation>Wie stark die Ebene deckt, was unter ihr liegt.</translation>
    </message>
    <message>
        <source>Move layer up</source>
        <translation>Ebene nach oben</translation>
    </message>
    <message>
        <source>Move layer down</source>
        <translation>Ebene nach unten</translation>
    </message>
    <message>
        <source>More about layers</source>
        <translation>Mehr zu Ebenen</translation>
    </message>
    <message>
        <source>You paint on: {name}</source>
        <translation>Gemalt wird auf: {name}</translation>
    </message>
    <message>
        <source>Live mode</source>
        <translation>Live-Modus</translation>
    </message>
    <message>
        <source>Live mode: a picture follows what you paint, write or set. It is not kept.</source>
        <translation>Live-Modus: Ein Bild folgt dem, was gemalt, geschrieben oder eingestellt wird. Es wird nicht behalten.</translation>
    </message>
    <message>
        <source>Leave the live mode</source>
        <translation>Den Live-Modus verlassen</translation>
    </message>
    <message>
        <source>Put the full picture that is shown into the gallery.</source>
        <translation>Das gezeigte volle Bild in die Galerie legen.</translation>
    </message>
    <message>
        <source>Live · seed {seed}</source>
        <translation>Live · Seed {seed}</translation>
    </message>
    <message>
        <source>Grow</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Shrink</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Feather</source>
        <translation>Weichzeichnen</translation>
    </message>
    <message>
        <source>Grow mask</source>
        <translation>Maske vergrößern</translation>
    </message>
    <message>
        <source>Shrink mask</source>
        <translation>Maske verkleinern</translation>
    </message>
    <message>
        <source>Feather mask</source>
        <translation>Maske weichzeichnen</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>Umkehren</translation>
    </message>
    <message>
        <source>{what}…</source>
        <translation>{what} …</translation>
    </message>
    <message>
        <source>Import mask…</source>
        <translation>Maske importieren …</translation>
    </message>
    <message>
        <source>Export mask…</source>
        <translation>Maske exportieren …</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Betrag</translation>
    </message>
    <message>
        <source>{what} by</source>
        <translation>{what} um</translation>
    </message>
    <message>
        <source>Look of the mask</source>
        <translation>Aussehen der Maske</translation>
    </message>
    <message>
        <source>Show the mask</source>
        <translation>Die Maske zeigen</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>Umriss</translation>
    </message>
    <message>
        <source>Draw a dashed line along the mask&apos;s border.</source>
        <translation>Eine gestrichelte Linie am Rand der Maske zeichnen.</translation>
    </message>
    <message>
        <source>Colour of the mask&apos;s overlay</source>
        <translation>Farbe der Maske auf dem Bild</translation>
    </message>
    <message>
        <source>How strongly the mask covers the picture on the screen.</source>
        <translation>Wie stark die Maske das Bild auf dem Schirm überdeckt.</translation>
    </message>
    <message>
        <source>Pen pressure</source>
        <translation>Stiftdruck</translation>
    </message>
    <message>
        <source>Pressure sets the size</source>
        <translation>Druck bestimmt die Größe</translation>
    </message>
    <message>
        <source>Pressure sets the opacity</source>
        <translation>Druck bestimmt die Deckkraft</translation>
    </message>
    <message>
        <source>Straight curve</source>
        <translation>Gerade Kurve</translation>
    </message>
    <message>
        <source>Right: pressed harder. Up: felt more.</source>
        <translation>Rechts: fester gedrückt. Oben: stärker gespürt.</translation>
    </message>
    <message>
        <source>Outpaint</source>
        <translation>Erweitern</translation>
    </message>
    <message>
        <source>From the picture</source>
        <translation>Vom Bild aus</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>Stil</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>The checkpoint that makes the pictures.</source>
        <translation>Der Checkpoint, der die Bilder macht.</translation>
    </message>
    <message>
        <source>How many pictures to make; picture i has the seed + i.</source>
        <translation>Wie viele Bilder gemacht werden; Bild i hat den Seed + i.</translation>
    </message>
    <message>
        <source>Size of a new picture in pixels. Smaller is faster: it needs fewer upsamplers.</source>
        <translation>Größe eines neuen Bildes in Pixeln. Kleiner ist schneller: Es braucht weniger Upsampler.</translation>
    </message>
    <message>
        <source>Describe the picture</source>
        <translation>Das Bild beschreiben</translation>
    </message>
    <message>
        <source>Height of the prompt</source>
        <translation>Höhe des Prompts</translation>
    </message>
    <message>
        <source>Prompts that were used (Ctrl+H)
Alt+Up and Alt+Down go through them.</source>
        <translation>Verwendete Prompts (Strg+H)
Alt+Auf und Alt+Ab gehen durch sie hindurch.</translation>
    </message>
    <message>
        <source>What the picture should not show</source>
        <translation>Was das Bild nicht zeigen soll</translation>
    </message>
    <message>
        <source>Copied what the model reads.</source>
        <translation>Kopiert, was das Modell liest.</translation>
    </message>
    <message>
        <source>Resume the queue</source>
        <translation>Die Warteschlange fortsetzen</translation>
    </message>
    <message>
        <source>Pause the queue</source>
        <translation>Die Warteschlange anhalten</translation>
    </message>
    <message>
        <source>Go on with what waits.</source>
        <translation>Mit Wartendem weitermachen.</translation>
    </message>
    <message>
        <source>Finish what runs, begin no more.</source>
        <translation>Laufendes beenden, nichts Neues beginnen.</translation>
    </message>
    <message>
        <source>Cancel all jobs</source>
        <translation>Alle Aufträge abbrechen</translation>
    </message>
    <message>
        <source>Clear the queue</source>
        <translation>Die Warteschlange leeren</translation>
    </message>
    <message>
        <source>Queue is paused</source>
        <translation>Warteschlange angehalten</translation>
    </message>
    <message>
        <source>Queue is empty</source>
        <translation>Warteschlange ist leer</translation>
    </message>
    <message>
        <source>Queue ({count})</source>
        <translation>Warteschlange ({count})</translation>
    </message>
    <message>
        <source>&amp;Retry</source>
        <translation>Noch &amp;einmal</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>&amp;Duplizieren</translation>
    </message>
    <message>
        <source>Move to &amp;front</source>
        <translation>Ganz nach &amp;vorn</translation>
    </message>
    <message>
        <source>Move &amp;up</source>
        <translation>Nach &amp;oben</translation>
    </message>
    <message>
        <source>Move do&amp;wn</source>
        <translation>Nach &amp;unten</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <source>Di&amp;smiss</source>
        <translation>Aus&amp;blenden</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>Ent&amp;fernen</translation>
    </message>
    <message>
        <source>There is no picture to work on yet: open one, or generate one.</source>
        <translation>Es gibt noch kein Bild zum Bearbeiten: eines öffnen oder erzeugen.</translation>
    </message>
    <message>
        <source>A preview covers the picture. Look at the original to work on it.</source>
        <translation>Eine Vorschau verdeckt das Bild. Zum Bearbeiten das Original ansehen.</translation>
    </message>
    <message>
        <source>The layer “{name}” is hidden, so nothing can be done to it.</source>
        <translation>Die Ebene „{name}“ ist verborgen, daran lässt sich nichts tun.</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>The mask is not shown: what is painted on it counts, but cannot be seen.</source>
        <translation>Die Maske wird nicht gezeigt: Was darauf gemalt wird, zählt, ist aber nicht zu sehen.</translation>
    </message>
    <message>
        <source>Show mask</source>
        <translation>Maske zeigen</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>Ganzes Bild</translation>
    </message>
    <message>
        <source>Only masked</source>
        <translation>Nur Maskiertes</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>Rahmen</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>Unschärfe</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>Rauschen</translation>
    </message>
    <message>
        <source>Match colours</source>
        <translation>Farben angleichen</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>How much may change: 1 paints anew, less starts from what is there. Denoising strength, Meng et al. 2021 (SDEdit).</source>
        <translation>Wie viel sich ändern darf: 1 malt neu, weniger beginnt mit dem Vorhandenen. Denoising strength, Meng et al. 2021 (SDEdit).</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>Ausschnitt</translation>
    </message>
    <message>
        <source>What the model sees at its own size: a small area gets more detail, a large one fits better to the rest.</source>
        <translation>Was das Modell in seiner eigenen Größe sieht: Ein kleiner Ausschnitt bekommt mehr Einzelheiten, ein großer passt besser zum Rest.</translation>
    </message>
    <message>
        <source>Padding</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>How much around the mask the model sees.</source>
        <translation>Wie viel um die Maske herum das Modell sieht.</translation>
    </message>
    <message>
        <source>Masked content</source>
        <translation>Maskierter Inhalt</translation>
    </message>
    <message>
        <source>What the masked part starts from. Counts where the strength is below 1.</source>
        <translation>Womit der maskierte Teil beginnt. Zählt bei einer Stärke unter 1.</translation>
    </message>
    <message>
        <source>Mask blur</source>
        <translation>Weicher Rand</translation>
    </message>
    <message>
        <source>Width of the blend along the inside of the mask&apos;s border.</source>
        <translation>Breite des Übergangs innen am Rand der Maske.</translation>
    </message>
    <message>
        <source>Seam blend</source>
        <translation>Nahtausgleich</translation>
    </message>
    <message>
        <source>How far from the border the new is bent towards the known. 0: not at all. Pérez et al. 2003.</source>
        <translation>Wie weit vom Rand das Neue an das Bekannte angeglichen wird. 0: gar nicht. Pérez et al. 2003.</translation>
    </message>
    <message>
        <source>Shift the new colours so that they agree with the picture around the mask.</source>
        <translation>Die neuen Farben so verschieben, dass sie zum Bild um die Maske passen.</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>Previous result (Left)</source>
        <translation>Voriges Ergebnis (Links)</translation>
    </message>
    <message>
        <source>Next result (Right)</source>
        <translation>Nächstes Ergebnis (Rechts)</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>As new layer</source>
        <translation>Als neue Ebene</translation>
    </message>
    <message>
        <source>This result is not on the canvas yet: accept it to paint on it.</source>
        <translation>Dieses Ergebnis ist noch nicht auf der Leinwand: zum Malen übernehmen.</translation>
    </message>
    <message>
        <source>Results that are not on the canvas yet</source>
        <translation>Ergebnisse, die noch nicht auf der Leinwand sind</translation>
    </message>
    <message>
        <source>Put the shown result on the canvas (Enter). One undo step.</source>
        <translation>Das gezeigte Ergebnis auf die Leinwand legen (Eingabe). Ein Schritt.</translation>
    </message>
    <message>
        <source>Lay the shown result over the picture (Shift+Enter).</source>
        <translation>Das gezeigte Ergebnis über das Bild legen (Umschalt+Eingabe).</translation>
    </message>
    <message>
        <source>Compare with the original: a divider to drag (M)</source>
        <translation>Mit dem Original vergleichen: ein Trenner zum Ziehen (M)</translation>
    </message>
    <message>
        <source>Show the original while it is held (O)</source>
        <translation>Das Original zeigen, solange gehalten (O)</translation>
    </message>
    <message>
        <source>Save the shown result to a file…</source>
        <translation>Das gezeigte Ergebnis in eine Datei speichern …</translation>
    </message>
    <message>
        <source>Drop the shown result (Delete)
Its file stays in the gallery.</source>
        <translation>Das gezeigte Ergebnis verwerfen (Entf)
Seine Datei bleibt in der Galerie.</translation>
    </message>
    <message>
        <source>Back to the original (Esc)
The files stay in the gallery.</source>
        <translation>Zurück zum Original (Esc)
Die Dateien bleiben in der Galerie.</translation>
    </message>
    <message>
        <source>Result {number}</source>
        <translation>Ergebnis {number}</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Cancel the current job</source>
        <translation>Den laufenden Auftrag abbrechen</translation>
    </message>
    <message>
        <source>Stopping …</source>
        <translation>Hält an …</translation>
    </message>
    <message>
        <source>Starting …</source>
        <translation>Beginnt …</translation>
    </message>
    <message>
        <source>Live: {stage}</source>
        <translation>Live: {stage}</translation>
    </message>
    <message>
        <source>Exploring: {stage}</source>
        <translation>Erkundet: {stage}</translation>
    </message>
    <message>
        <source>Exploring …</source>
        <translation>Erkundet …</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>picture {number} of {count}</source>
        <translation>Bild {number} von {count}</translation>
    </message>
    <message>
        <source>queue about {time}</source>
        <translation>Warteschlange etwa {time}</translation>
    </message>
    <message>
        <source>{count} waiting</source>
        <translation>Wartend: {count}</translation>
    </message>
    <message>
        <source>{count} waiting, paused</source>
        <translation>Wartend: {count}, angehalten</translation>
    </message>
    <message>
        <source>Lines begin at the left</source>
        <translation>Zeilen beginnen links</translation>
    </message>
    <message>
        <source>Lines are centred</source>
        <translation>Zeilen sind zentriert</translation>
    </message>
    <message>
        <source>Lines end at the right</source>
        <translation>Zeilen enden rechts</translation>
    </message>
    <message>
        <source>Bold</source>
        <translation>Fett</translation>
    </message>
    <message>
        <source>Italic</source>
        <translation>Kursiv</translation>
    </message>
    <message>
        <source>Font</source>
        <translation>Schrift</translation>
    </message>
    <message>
        <source>Font of the text.</source>
        <translation>Schrift des Textes.</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Textgröße</translation>
    </message>
    <message>
        <source>Height of the text in pixels of the picture.</source>
        <translation>Höhe des Textes in Pixeln des Bildes.</translation>
    </message>
    <message>
        <source>Paint what to repaint, or on a layer</source>
        <translation>Malen, was neu gemalt werden soll, oder auf eine Ebene</translation>
    </message>
    <message>
        <source>Take mask or paint away</source>
        <translation>Maske oder Farbe wegnehmen</translation>
    </message>
    <message>
        <source>Drag it; Shift: square, Alt: take away</source>
        <translation>Ziehen; Umschalt: Quadrat, Alt: wegnehmen</translation>
    </message>
    <message>
        <source>Drag around, or click corner by corner; Alt: take away</source>
        <translation>Umfahren oder Ecke für Ecke klicken; Alt: wegnehmen</translation>
    </message>
    <message>
        <source>What looks like the place that is clicked; Alt: take away</source>
        <translation>Was aussieht wie die angeklickte Stelle; Alt: wegnehmen</translation>
    </message>
    <message>
        <source>Into the mask; Alt: take away</source>
        <translation>In die Maske; Alt: wegnehmen</translation>
    </message>
    <message>
        <source>Click where it begins</source>
        <translation>Klicken, wo er beginnt</translation>
    </message>
    <message>
        <source>Take a colour from the picture; with the brush on a layer: hold Alt</source>
        <translation>Eine Farbe aus dem Bild nehmen; mit dem Pinsel auf einer Ebene: Alt halten</translation>
    </message>
    <message>
        <source>Shift the mask or the layer that is worked on</source>
        <translation>Die bearbeitete Maske oder Ebene verschieben</translation>
    </message>
    <message>
        <source>The part in which the model works; hold the key for one drag</source>
        <translation>Der Teil, in dem das Modell arbeitet; für einen Zug die Taste halten</translation>
    </message>
    <message>
        <source>Cut or extend the canvas; Return applies</source>
        <translation>Die Leinwand beschneiden oder erweitern; Eingabe wendet an</translation>
    </message>
    <message>
        <source>Move the view; or hold Space</source>
        <translation>Die Ansicht bewegen; oder Leertaste halten</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>{name} ({key})</source>
        <translation>{name} ({key})</translation>
    </message>
    <message>
        <source>How the mask looks: colour, opacity, outline</source>
        <translation>Wie die Maske aussieht: Farbe, Deckkraft, Umriss</translation>
    </message>
    <message>
        <source>Mask: invert, grow, shrink, feather, clear, files</source>
        <translation>Maske: umkehren, vergrößern, verkleinern, weichzeichnen, leeren, Dateien</translation>
    </message>
    <message>
        <source>Zoom to 100 %</source>
        <translation>Auf 100 % zoomen</translation>
    </message>
    <message>
        <source>Moves the layer “{name}”</source>
        <translation>Verschiebt die Ebene „{name}“</translation>
    </message>
    <message>
        <source>Moves the mask</source>
        <translation>Verschiebt die Maske</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>From the next start on.</source>
        <translation>Vom nächsten Start an.</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>The colours of the window. System follows what the system shows, day and night.</source>
        <translation>Die Farben des Fensters. System folgt dem, was das System zeigt, bei Tag und Nacht.</translation>
    </message>
    <message>
        <source>The size of all texts, in percent of the system&apos;s.</source>
        <translation>Die Größe aller Texte, in Prozent der Größe des Systems.</translation>
    </message>
    <message>
        <source>UI scale</source>
        <translation>Größe der Oberfläche</translation>
    </message>
    <message>
        <source>The size of everything, beside what the screen itself magnifies.</source>
        <translation>Die Größe von allem, zusätzlich zur Vergrößerung durch den Bildschirm.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>What the window speaks; texts without a translation stay English.</source>
        <translation>Was das Fenster spricht; Texte ohne Übersetzung bleiben englisch.</translation>
    </message>
    <message>
        <source>The pen&apos;s pressure sets the width of the brush</source>
        <translation>Der Stiftdruck bestimmt die Breite des Pinsels</translation>
    </message>
    <message>
        <source>Light strokes are thin.</source>
        <translation>Leichte Striche sind dünn.</translation>
    </message>
    <message>
        <source>The pen&apos;s pressure sets the opacity of the brush</source>
        <translation>Der Stiftdruck bestimmt die Deckkraft des Pinsels</translation>
    </message>
    <message>
        <source>Light strokes cover little.</source>
        <translation>Leichte Striche decken wenig.</translation>
    </message>
    <message>
        <source>Draw an outline around the mask</source>
        <translation>Einen Umriss um die Maske zeichnen</translation>
    </message>
    <message>
        <source>It can be seen on every picture.</source>
        <translation>Er ist auf jedem Bild zu sehen.</translation>
    </message>
    <message>
        <source>Mask opacity</source>
        <translation>Deckkraft der Maske</translation>
    </message>
    <message>
        <source>Pressure curve</source>
        <translation>Druckkurve</translation>
    </message>
    <message>
        <source>Mask colour</source>
        <translation>Farbe der Maske</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Play a sound when the queue is done</source>
        <translation>Einen Ton spielen, wenn die Warteschlange fertig ist</translation>
    </message>
    <message>
        <source>If that took long, or while another window is in front.</source>
        <translation>Wenn es lange dauerte, oder während ein anderes Fenster vorn ist.</translation>
    </message>
    <message>
        <source>Show a notification of the desktop, too</source>
        <translation>Auch eine Benachrichtigung zeigen</translation>
    </message>
    <message>
        <source>It also marks the window in the task bar.</source>
        <translation>Sie markiert auch das Fenster in der Taskleiste.</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>Tastatur</translation>
    </message>
    <message>
        <source>Edit shortcuts…</source>
        <translation>Tastenkürzel bearbeiten …</translation>
    </message>
    <message>
        <source>Which keys do what, and how to have it otherwise.</source>
        <translation>Welche Tasten was tun, und wie es anders wird.</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Projects and OpenRaster pictures (*.ora)</source>
        <translation>Projekte und OpenRaster-Bilder (*.ora)</translation>
    </message>
    <message>
        <source>{path} is not there any more.</source>
        <translation>{path} ist nicht mehr da.</translation>
    </message>
    <message>
        <source>Save project as</source>
        <translation>Projekt speichern unter</translation>
    </message>
    <message>
        <source>Save the changes to “{name}”?</source>
        <translation>Die Änderungen an „{name}“ speichern?</translation>
    </message>
    <message>
        <source>Otherwise they are lost.</source>
        <translation>Sonst gehen sie verloren.</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>&amp;Discard</source>
        <translation>&amp;Verwerfen</translation>
    </message>
    <message>
        <source>{name}[*] – {program}</source>
        <translation>{name}[*] – {program}</translation>
    </message>
    <message>
        <source>Text, a prompt on each line (*.txt)</source>
        <translation>Text, ein Prompt je Zeile (*.txt)</translation>
    </message>
    <message>
        <source>Prompts from a file</source>
        <translation>Prompts aus einer Datei</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>In conflict</source>
        <translation>Im Konflikt</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Alle zurücksetzen</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Search for a command, a menu or a key</source>
        <translation>Befehl, Menü oder Taste suchen</translation>
    </message>
    <message>
        <source>Search shortcuts</source>
        <translation>Tastenkürzel suchen</translation>
    </message>
    <message>
        <source>Which shortcuts are listed</source>
        <translation>Welche Tastenkürzel aufgelistet sind</translation>
    </message>
    <message>
        <source>Every command gets the keys that it had at first.</source>
        <translation>Jeder Befehl bekommt die Tasten, die er anfangs hatte.</translation>
    </message>
    <message>
        <source>Take the keys from a file that was exported.</source>
        <translation>Die Tasten aus einer exportierten Datei nehmen.</translation>
    </message>
    <message>
        <source>Write the keys that differ from ours into a file.</source>
        <translation>Die von unseren abweichenden Tasten in eine Datei schreiben.</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <source>{name}, {width} × {height} px</source>
        <translation>{name}, {width} × {height} px</translation>
    </message>
    <message>
        <source>This picture carries no complete recipe of T2I Studio.</source>
        <translation>Dieses Bild trägt kein vollständiges Rezept von T2I Studio in sich.</translation>
    </message>
    <message>
        <source>Negative prompt: {negative_prompt}</source>
        <translation>Negativer Prompt: {negative_prompt}</translation>
    </message>
    <message>
        <source>Prior: {steps} steps, guidance {guidance}, {candidates} candidates</source>
        <translation>Prior: {steps} Schritte, Guidance {guidance}, {candidates} Kandidaten</translation>
    </message>
    <message>
        <source>Prior: none</source>
        <translation>Prior: keiner</translation>
    </message>
    <message>
        <source>Inpainted, feather {feather} px</source>
        <translation>Übermalt, weicher Rand {feather} px</translation>
    </message>
    <message>
        <source>Decoder: {steps} steps, {sampler}</source>
        <translation>Decoder: {steps} Schritte, {sampler}</translation>
    </message>
    <message>
        <source>Decoder: {steps} steps, guidance {guidance}, {sampler}</source>
        <translation>Decoder: {steps} Schritte, Guidance {guidance}, {sampler}</translation>
    </message>
    <message>
        <source>rank {rank}</source>
        <translation>Rang {rank}</translation>
    </message>
    <message>
        <source>score {score}</source>
        <translation>Wertung {score}</translation>
    </message>
    <message>
        <source>no picture yet</source>
        <translation>noch kein Bild</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>angeheftet</translation>
    </message>
    <message>
        <source>Choose a colour</source>
        <translation>Eine Farbe wählen</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>Vorschläge</translation>
    </message>
    <message>
        <source>Pictures that lie close mean something alike. Click one, or draw a loop around several; with Shift more are added. Wheel zooms, middle button moves, double click shows all.
Principal components of CLIP image embeddings, Ramesh et al. 2022, section 4.</source>
        <translation>Nah beieinander liegende Bilder bedeuten Ähnliches. Eines anklicken oder eine Schleife um mehrere ziehen; mit Umschalt kommen weitere dazu. Das Rad zoomt, die mittlere Taste verschiebt, ein Doppelklick zeigt alles.
Hauptkomponenten von CLIP-Bild-Embeddings, Ramesh et al. 2022, Abschnitt 4.</translation>
    </message>
    <message>
        <source>No pictures to map yet.</source>
        <translation>Noch keine Bilder für eine Karte.</translation>
    </message>
    <message>
        <source>Map of pictures</source>
        <translation>Karte der Bilder</translation>
    </message>
    <message>
        <source>{count} pictures, {chosen} selected</source>
        <translation>{count} Bilder, {chosen} ausgewählt</translation>
    </message>
    <message>
        <source>no frames</source>
        <translation>keine Bilder</translation>
    </message>
    <message>
        <source>More options</source>
        <translation>Mehr Optionen</translation>
    </message>
    <message>
        <source>{name}
Drag it, or press Up and Down. A double click lets it grow by itself.</source>
        <translation>{name}
Ziehen, oder Auf und Ab drücken. Ein Doppelklick lässt sie von selbst wachsen.</translation>
    </message>
    <message>
        <source>Forget the chosen prompt (Delete)
The pictures made with it stay.</source>
        <translation>Den gewählten Prompt vergessen (Entf)
Die damit gemachten Bilder bleiben.</translation>
    </message>
    <message>
        <source>Prompts that were used</source>
        <translation>Verwendete Prompts</translation>
    </message>
    <message>
        <source>Search prompts that were used</source>
        <translation>Verwendete Prompts suchen</translation>
    </message>
    <message>
        <source>Up and Down choose, Return takes the prompt, Delete forgets it, Escape closes.</source>
        <translation>Auf und Ab wählen, Eingabe nimmt den Prompt, Entf vergisst ihn, Esc schließt.</translation>
    </message>
    <message>
        <source>No prompt has all of these words.</source>
        <translation>Kein Prompt hat alle diese Wörter.</translation>
    </message>
    <message>
        <source>The prompts that pictures were made with will be listed here.</source>
        <translation>Hier werden die Prompts stehen, mit denen Bilder gemacht wurden.</translation>
    </message>
    <message>
        <source>Alt+Up and Alt+Down move a job, Alt+Home brings it to the front, Delete drops it.</source>
        <translation>Alt+Auf und Alt+Ab verschieben einen Auftrag, Alt+Pos1 bringt ihn nach vorn, Entf verwirft ihn.</translation>
    </message>
    <message>
        <source>More…</source>
        <translation>Mehr …</translation>
    </message>
    <message>
        <source>Cancel this job (Delete)</source>
        <translation>Diesen Auftrag abbrechen (Entf)</translation>
    </message>
    <message>
        <source>Press the keys …</source>
        <translation>Tasten drücken …</translation>
    </message>
    <message>
        <source>Add key</source>
        <translation>Taste hinzufügen</translation>
    </message>
    <message>
        <source>Press it, and then the keys that are to be added. Escape leaves it.</source>
        <translation>Drücken, und dann die Tasten, die hinzukommen sollen. Esc bricht ab.</translation>
    </message>
    <message>
        <source>outline: before</source>
        <translation>Umriss: vorher</translation>
    </message>
    <message>
        <source>{share}, before {before}</source>
        <translation>{share}, vorher {before}</translation>
    </message>
    <message>
        <source>Two corners or more make a mix:
click + or drop pictures and texts.</source>
        <translation>Zwei Ecken oder mehr geben eine Mischung:
auf + klicken oder Bilder und Texte ablegen.</translation>
    </message>
    <message>
        <source>Mix board</source>
        <translation>Mischbrett</translation>
    </message>
    <message>
        <source>Fewer than two corners are filled.</source>
        <translation>Weniger als zwei Ecken sind belegt.</translation>
    </message>
    <message>
        <source>Empty corner</source>
        <translation>Leere Ecke</translation>
    </message>
    <message>
        <source>Prompt: {prompt}</source>
        <translation>Prompt: {prompt}</translation>
    </message>
    <message>
        <source>Add a picture or a prompt to mix in: click to choose one, or drop it here.</source>
        <translation>Ein Bild oder einen Prompt zum Mischen hinzufügen: zum Wählen klicken oder hier ablegen.</translation>
    </message>
    <message>
        <source>Click to choose another, or drop one here.</source>
        <translation>Klicken, um ein anderes zu wählen, oder hier eines ablegen.</translation>
    </message>
    <message>
        <source>Drag it, or use the arrow keys: the picture turns from one corner&apos;s meaning to another&apos;s.
Spherical interpolation (slerp) of CLIP image embeddings, Ramesh et al. 2022, section 3.2.</source>
        <translation>Ziehen oder Pfeiltasten: Das Bild dreht sich von der Bedeutung einer Ecke zu der einer anderen.
Sphärische Interpolation (Slerp) von CLIP-Bild-Embeddings, Ramesh et al. 2022, Abschnitt 3.2.</translation>
    </message>
    <message>
        <source>Point of the mix</source>
        <translation>Punkt der Mischung</translation>
    </message>
    <message>
        <source>Back to the model&apos;s default</source>
        <translation>Zurück zur Vorgabe des Modells</translation>
    </message>
    <message>
        <source>Reset {name}</source>
        <translation>{name} zurücksetzen</translation>
    </message>
    <message>
        <source>{unit} (default)</source>
        <translation>{unit} (Standard)</translation>
    </message>
    <message>
        <source>Keep this picture: save it to the gallery and show it</source>
        <translation>Dieses Bild behalten: in der Galerie speichern und zeigen</translation>
    </message>
    <message>
        <source>Explore this picture: start from its embedding</source>
        <translation>Dieses Bild erkunden: von seinem Embedding ausgehen</translation>
    </message>
    <message>
        <source>Place of the word</source>
        <translation>Platz des Wortes</translation>
    </message>
    <message>
        <source>Drag the word to its place. Arrow keys move it too, with Shift farther.</source>
        <translation>Das Wort an seinen Platz ziehen. Pfeiltasten bewegen es auch, mit Umschalt weiter.</translation>
    </message>
    <message>
        <source>{x} from the left, {y} from the top</source>
        <translation>{x} von links, {y} von oben</translation>
    </message>
    <message>
        <source>First point of the pressure curve</source>
        <translation>Erster Punkt der Druckkurve</translation>
    </message>
    <message>
        <source>Second point of the pressure curve</source>
        <translation>Zweiter Punkt der Druckkurve</translation>
    </message>
    <message>
        <source>{name}: drag it, or use the arrow keys.</source>
        <translation>{name}: ziehen oder Pfeiltasten.</translation>
    </message>
    <message>
        <source>pressure {x} %, felt as {y} %</source>
        <translation>Druck {x} %, gespürt als {y} %</translation>
    </message>
    <message>
        <source>Tokens of the prompt, of the {limit} that the text encoder reads.</source>
        <translation>Tokens des Prompts, von den {limit}, die der Text-Encoder liest.</translation>
    </message>
    <message>
        <source>The model does not see all that becomes of the prompt: its text encoder reads {limit} tokens.</source>
        <translation>Das Modell sieht nicht alles, was aus dem Prompt wird: Sein Text-Encoder liest {limit} Tokens.</translation>
    </message>
    <message>
        <source>The last {count} characters are not seen by the model: its text encoder reads {limit} tokens.</source>
        <translation>Die letzten {count} Zeichen sieht das Modell nicht: Sein Text-Encoder liest {limit} Tokens.</translation>
    </message>
    <message>
        <source>Not read, because it is too long: “{rest}”</source>
        <translation>Nicht gelesen, weil zu lang: „{rest}“</translation>
    </message>
    <message>
        <source>For example: {prompt}</source>
        <translation>Zum Beispiel: {prompt}</translation>
    </message>
    <message>
        <source>Reads: {prompt}</source>
        <translation>Liest: {prompt}</translation>
    </message>
    <message>
        <source>Copy what the model reads: {prompt}</source>
        <translation>Kopieren, was das Modell liest: {prompt}</translation>
    </message>
    <message>
        <source>A click copies it:
{prompt}</source>
        <translation>Ein Klick kopiert es:
{prompt}</translation>
    </message>
    <message>
        <source>Pipeline</source>
        <translation>Pipeline</translation>
    </message>
    <message>
        <source>0 to 2⁶³ − 1, or blank for random</source>
        <translation>0 bis 2⁶³ − 1, oder leer für Zufall</translation>
    </message>
    <message>
        <source>The same seed with the same settings makes the same picture. Blank or -1: a new one each time.</source>
        <translation>Derselbe Seed mit denselben Einstellungen macht dasselbe Bild. Leer oder -1: jedes Mal ein neuer.</translation>
    </message>
    <message>
        <source>random</source>
        <translation>zufällig</translation>
    </message>
    <message>
        <source>Random seed
Draws a new seed for each job.</source>
        <translation>Zufälliger Seed
Zieht für jeden Auftrag einen neuen Seed.</translation>
    </message>
    <message>
        <source>Reuse the last seed</source>
        <translation>Den letzten Seed wiederverwenden</translation>
    </message>
    <message>
        <source>Reuse the last seed
{seed}</source>
        <translation>Den letzten Seed wiederverwenden
{seed}</translation>
    </message>
    <message>
        <source>random: {seed}</source>
        <translation>zufällig: {seed}</translation>
    </message>
    <message>
        <source>{name}, number</source>
        <translation>{name}, Zahl</translation>
    </message>
    <message>
        <source>{value}, usual {low} to {high}</source>
        <translation>{value}, üblich {low} bis {high}</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Schließen (Esc)</translation>
    </message>
    <message>
        <source>Close inspector</source>
        <translation>Inspektor schließen</translation>
    </message>
    <message>
        <source>Explore the prior</source>
        <translation>Den Prior erkunden</translation>
    </message>
    <message>
        <source>See every candidate as a picture and pick one</source>
        <translation>Jeden Kandidaten als Bild sehen und einen wählen</translation>
    </message>
    <message>
        <source>Cuts the prompt into tokens and turns them into a text embedding: where the prompt lies among all texts and pictures that CLIP knows.</source>
        <translation>Zerlegt den Prompt in Tokens und macht daraus ein Text-Embedding: wo der Prompt unter allen Texten und Bildern liegt, die CLIP kennt.</translation>
    </message>
    <message>
        <source>Radford et al. 2021; Ramesh et al. 2022, section 2</source>
        <translation>Radford et al. 2021; Ramesh et al. 2022, Abschnitt 2</translation>
    </message>
    <message>
        <source>Turns the text embedding into an image embedding: draws several candidates and keeps the one whose cosine to the text embedding is the highest.</source>
        <translation>Macht aus dem Text-Embedding ein Bild-Embedding: zieht mehrere Kandidaten und behält den mit dem höchsten Kosinus zum Text-Embedding.</translation>
    </message>
    <message>
        <source>Ramesh et al. 2022, section 2.2</source>
        <translation>Ramesh et al. 2022, Abschnitt 2.2</translation>
    </message>
    <message>
        <source>Runs the decoder backwards, from the picture to the noise x_T that it would have been made from: what is decoded from there keeps the picture&apos;s layout.</source>
        <translation>Lässt den Decoder rückwärts laufen, vom Bild zum Rauschen x_T, aus dem es gemacht worden wäre: Was von dort dekodiert wird, behält den Aufbau des Bildes.</translation>
    </message>
    <message>
        <source>DDIM inversion: Dhariwal &amp; Nichol 2021, appendix F; Ramesh et al. 2022, section 3</source>
        <translation>DDIM-Inversion: Dhariwal &amp; Nichol 2021, Anhang F; Ramesh et al. 2022, Abschnitt 3</translation>
    </message>
    <message>
        <source>Turns noise into a small picture that has the image embedding, step by step. Shown is its estimate of the finished picture, x0.</source>
        <translation>Macht aus Rauschen Schritt für Schritt ein kleines Bild mit dem Bild-Embedding. Gezeigt wird seine Schätzung des fertigen Bildes, x0.</translation>
    </message>
    <message>
        <source>Ramesh et al. 2022, section 2.1; Ho et al. 2020</source>
        <translation>Ramesh et al. 2022, Abschnitt 2.1; Ho et al. 2020</translation>
    </message>
    <message>
        <source>Enlarges the picture and adds the detail that a small picture cannot hold.</source>
        <translation>Vergrößert das Bild und fügt die Einzelheiten hinzu, die ein kleines Bild nicht fasst.</translation>
    </message>
    <message>
        <source>Ramesh et al. 2022, section 2.1; Nichol &amp; Dhariwal 2021</source>
        <translation>Ramesh et al. 2022, Abschnitt 2.1; Nichol &amp; Dhariwal 2021</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>This model reads {room} tokens. 1 token has no effect on the picture: {words}. Shorten the prompt, or say first what matters most.</source>
        <translation>Dieses Modell liest {room} Tokens. 1 Token wirkt nicht auf das Bild: {words}. Den Prompt kürzen oder das Wichtigste zuerst sagen.</translation>
    </message>
    <message>
        <source>This model reads {room} tokens. {count} tokens have no effect on the picture: {words}. Shorten the prompt, or say first what matters most.</source>
        <translation>Dieses Modell liest {room} Tokens. {count} Tokens wirken nicht auf das Bild: {words}. Den Prompt kürzen oder das Wichtigste zuerst sagen.</translation>
    </message>
    <message>
        <source>Decoded is the best of {count} candidates.</source>
        <translation>Dekodiert wird der beste von {count} Kandidaten.</translation>
    </message>
    <message>
        <source>Decoded is number {rank} of {count} candidates.</source>
        <translation>Dekodiert wird Nummer {rank} von {count} Kandidaten.</translation>
    </message>
    <message>
        <source>From {before} to {after} px.</source>
        <translation>Von {before} auf {after} px.</translation>
    </message>
    <message>
        <source>{token} (cut)</source>
        <translation>{token} (zu viel)</translation>
    </message>
    <message>
        <source>Tokens: {tokens}</source>
        <translation>Tokens: {tokens}</translation>
    </message>
    <message>
        <source>Cosines, best first: {scores}</source>
        <translation>Kosinuswerte, der beste zuerst: {scores}</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>ausgelassen</translation>
    </message>
    <message>
        <source>Step {step} of {steps}. </source>
        <translation>Schritt {step} von {steps}. </translation>
    </message>
    <message>
        <source>cos {value}</source>
        <translation>cos {value}</translation>
    </message>
    <message>
        <source>A stage of this model.</source>
        <translation>Eine Stufe dieses Modells.</translation>
    </message>
    <message>
        <source>step {step} of {steps}</source>
        <translation>Schritt {step} von {steps}</translation>
    </message>
    <message>
        <source>{steps} steps</source>
        <translation>{steps} Schritte</translation>
    </message>
    <message>
        <source>cos to {to} {value}</source>
        <translation>cos zu {to} {value}</translation>
    </message>
    <message>
        <source>The cosines spread over {value}, from {last} to {best}.</source>
        <translation>Die Kosinuswerte streuen um {value}, von {last} bis {best}.</translation>
    </message>
    <message>
        <source>Picture of {title}</source>
        <translation>Bild von {title}</translation>
    </message>
    <message>
        <source>Styles…
Edit, import and export styles.</source>
        <translation>Stile …
Stile bearbeiten, importieren und exportieren.</translation>
    </message>
    <message>
        <source>No style</source>
        <translation>Kein Stil</translation>
    </message>
    <message>
        <source>{name} (missing)</source>
        <translation>{name} (fehlt)</translation>
    </message>
    <message>
        <source>The prompt is put into the template of a style.</source>
        <translation>Der Prompt wird in die Vorlage eines Stils gesetzt.</translation>
    </message>
    <message>
        <source>Close message</source>
        <translation>Meldung schließen</translation>
    </message>
    <message>
        <source>Drag the marker, or use the arrow keys: few components keep only the coarse meaning of a picture, more of them its details.
Explained variance of principal components, Ramesh et al. 2022, section 4.</source>
        <translation>Den Zeiger ziehen oder Pfeiltasten: Wenige Komponenten behalten nur die grobe Bedeutung eines Bildes, mehr von ihnen seine Einzelheiten.
Erklärte Varianz der Hauptkomponenten, Ramesh et al. 2022, Abschnitt 4.</translation>
    </message>
    <message>
        <source>Explained variance</source>
        <translation>Erklärte Varianz</translation>
    </message>
    <message>
        <source>No components yet.</source>
        <translation>Noch keine Komponenten.</translation>
    </message>
    <message>
        <source>1 component: {value} %</source>
        <translation>1 Komponente: {value} %</translation>
    </message>
    <message>
        <source>{count} components: {value} %</source>
        <translation>{count} Komponenten: {value} %</translation>
    </message>
    <message>
        <source>Drag to wipe between before and after.
Arrow keys move the divider, Space shows the whole before, a double click centres it.</source>
        <translation>Ziehen, um zwischen Vorher und Nachher zu wischen.
Pfeiltasten bewegen den Trenner, die Leertaste zeigt das ganze Vorher, ein Doppelklick zentriert ihn.</translation>
    </message>
    <message>
        <source>Before and after</source>
        <translation>Vorher und nachher</translation>
    </message>
    <message>
        <source>preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>, a coarse preview</source>
        <translation>, eine grobe Vorschau</translation>
    </message>
    <message>
        <source>All of before</source>
        <translation>Ganz vorher</translation>
    </message>
    <message>
        <source>Divider at {position}: before on its left, after on its right{draft}</source>
        <translation>Trenner bei {position}: links vorher, rechts nachher{draft}</translation>
    </message>
    <message>
        <source>Only before</source>
        <translation>Nur vorher</translation>
    </message>
    <message>
        <source>Only after{draft}</source>
        <translation>Nur nachher{draft}</translation>
    </message>
    <message>
        <source>before</source>
        <translation>vorher</translation>
    </message>
    <message>
        <source>after</source>
        <translation>nachher</translation>
    </message>
    <message>
        <source>it is too large for a configuration</source>
        <translation>sie ist zu groß für eine Konfiguration</translation>
    </message>
    <message>
        <source>it cannot be read</source>
        <translation>sie kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>it holds no JSON object</source>
        <translation>sie enthält kein JSON-Objekt</translation>
    </message>
    <message>
        <source>{key} must be a whole number from 1 to {most}</source>
        <translation>{key} muss eine ganze Zahl von 1 bis {most} sein</translation>
    </message>
    <message>
        <source>this folder is missing</source>
        <translation>dieser Ordner fehlt</translation>
    </message>
    <message>
        <source>{path}: The checkpoint is damaged ({why}).</source>
        <translation>{path}: Der Checkpoint ist beschädigt ({why}).</translation>
    </message>
    <message>
        <source>Install it again.</source>
        <translation>Ihn neu installieren.</translation>
    </message>
    <message>
        <source>block_out_channels must list 1 to 8 levels</source>
        <translation>block_out_channels muss 1 bis 8 Stufen auflisten</translation>
    </message>
    <message>
        <source>{folder}: Its prior is missing, so it can make no pictures.</source>
        <translation>{folder}: Sein Prior fehlt, also kann er keine Bilder machen.</translation>
    </message>
    <message>
        <source>Put the folder of Kandinsky&apos;s prior beside it, as {name}.</source>
        <translation>Den Ordner des Priors von Kandinsky daneben legen, als {name}.</translation>
    </message>
    <message>
        <source>a picture</source>
        <translation>ein Bild</translation>
    </message>
    <message>
        <source>The prompt is empty: write what it should mean.</source>
        <translation>Der Prompt ist leer: schreiben, was er bedeuten soll.</translation>
    </message>
    <message>
        <source>an embedding</source>
        <translation>ein Embedding</translation>
    </message>
    <message>
        <source>One embedding is needed here, not {count}.</source>
        <translation>Hier wird ein Embedding gebraucht, nicht {count}.</translation>
    </message>
    <message>
        <source>A mix has 2 to {most} corners, not {count}.</source>
        <translation>Eine Mischung hat 2 bis {most} Ecken, nicht {count}.</translation>
    </message>
    <message>
        <source>mix of {what} at {x}, {y}</source>
        <translation>Mischung von {what} bei {x}, {y}</translation>
    </message>
    <message>
        <source>A text diff needs a text to go to.</source>
        <translation>Eine Textdifferenz braucht einen Text als Ziel.</translation>
    </message>
    <message>
        <source>Both texts of the diff are {what}: nothing changes.</source>
        <translation>Beide Texte des Diffs sind {what}: Nichts ändert sich.</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>{before} to {after}, {theta}</source>
        <translation>{before} zu {after}, {theta}</translation>
    </message>
    <message>
        <source>{count} components</source>
        <translation>{count} Komponenten</translation>
    </message>
    <message>
        <source>A shift goes along one component, not {count}.</source>
        <translation>Eine Verschiebung geht entlang einer Komponente, nicht {count}.</translation>
    </message>
    <message>
        <source>a component</source>
        <translation>eine Komponente</translation>
    </message>
    <message>
        <source>A size is written WIDTHxHEIGHT, like 256x256, not {what}.</source>
        <translation>Eine Größe schreibt man BREITExHÖHE, etwa 256x256, nicht {what}.</translation>
    </message>
    <message>
        <source>The picture that belongs here is damaged.</source>
        <translation>Das Bild, das hierher gehört, ist beschädigt.</translation>
    </message>
    <message>
        <source>The picture that belongs here is missing or damaged.</source>
        <translation>Das Bild, das hierher gehört, fehlt oder ist beschädigt.</translation>
    </message>
    <message>
        <source>Where the text goes and how high it is are shares from 0 to 1.</source>
        <translation>Wo der Text steht und wie hoch er ist, sind Anteile von 0 bis 1.</translation>
    </message>
    <message>
        <source>There is no text to write on the picture.</source>
        <translation>Es gibt keinen Text für das Bild.</translation>
    </message>
    <message>
        <source>Write a word.</source>
        <translation>Ein Wort schreiben.</translation>
    </message>
    <message>
        <source>{count} letters are too many on a picture; {most} fit.</source>
        <translation>{count} Buchstaben sind zu viele auf einem Bild; {most} passen.</translation>
    </message>
    <message>
        <source>The font has no {named}.</source>
        <translation>Die Schrift hat kein {named}.</translation>
    </message>
    <message>
        <source>Use Latin letters without accents.</source>
        <translation>Lateinische Buchstaben ohne Akzente verwenden.</translation>
    </message>
    <message>
        <source>The embedding holds values that are no numbers.</source>
        <translation>Das Embedding enthält Werte, die keine Zahlen sind.</translation>
    </message>
    <message>
        <source>The embedding that belongs here is missing or damaged.</source>
        <translation>Das Embedding, das hierher gehört, fehlt oder ist beschädigt.</translation>
    </message>
    <message>
        <source>{what} lies in the space {found}, this model works in {expected}.</source>
        <translation>{what} liegt im Raum {found}, dieses Modell arbeitet in {expected}.</translation>
    </message>
    <message>
        <source>Spaces never mix, even if they are equally long: embed it with this model.</source>
        <translation>Räume mischen sich nie, auch wenn sie gleich lang sind: mit diesem Modell einbetten.</translation>
    </message>
    <message>
        <source>The name of the model is not readable text: {model}.</source>
        <translation>Der Name des Modells ist kein lesbarer Text: {model}.</translation>
    </message>
    <message>
        <source>There is nothing to embed.</source>
        <translation>Es gibt nichts einzubetten.</translation>
    </message>
    <message>
        <source>Two labels or more are needed, none of them empty.</source>
        <translation>Es braucht zwei Labels oder mehr, keines davon leer.</translation>
    </message>
    <message>
        <source>A label stands there twice.</source>
        <translation>Ein Label steht zweimal da.</translation>
    </message>
    <message>
        <source>A template holds &quot;{}&quot; once, where the label goes.</source>
        <translation>Eine Vorlage enthält einmal &quot;{}&quot;, wo das Label hinkommt.</translation>
    </message>
    <message>
        <source>{count} embeddings of {dimensions} dimensions have at most {most} components, not {components}: take more pictures.</source>
        <translation>{count} Embeddings mit {dimensions} Dimensionen haben höchstens {most} Komponenten, nicht {components}: mehr Bilder nehmen.</translation>
    </message>
    <message>
        <source>The number of pictures must be 1 to {most}, not {count}.</source>
        <translation>Die Anzahl der Bilder muss 1 bis {most} sein, nicht {count}.</translation>
    </message>
    <message>
        <source>The seed must be -1 (random) or 0 to {highest}, not {seed}.</source>
        <translation>Der Seed muss -1 (zufällig) oder 0 bis {highest} sein, nicht {seed}.</translation>
    </message>
    <message>
        <source>{prompts} prompts for {count} pictures.</source>
        <translation>{prompts} Prompts für {count} Bilder.</translation>
    </message>
    <message>
        <source>The prompt is empty: write what the picture should show.</source>
        <translation>Der Prompt ist leer: schreiben, was das Bild zeigen soll.</translation>
    </message>
    <message>
        <source>The frame must be at least {least} px wide and high.</source>
        <translation>Der Rahmen muss mindestens {least} px breit und hoch sein.</translation>
    </message>
    <message>
        <source>The frame lies outside the picture: move it so that it touches it.</source>
        <translation>Der Rahmen liegt außerhalb des Bildes: so verschieben, dass er es berührt.</translation>
    </message>
    <message>
        <source>The mask is {mask} and the picture {picture}: they must have the same size.</source>
        <translation>Die Maske ist {mask} und das Bild {picture}: Sie müssen gleich groß sein.</translation>
    </message>
    <message>
        <source>The mask is empty: paint over what should change (white = repaint).</source>
        <translation>Die Maske ist leer: übermalen, was sich ändern soll (Weiß = neu malen).</translation>
    </message>
    <message>
        <source>The mask lies outside the frame: move the frame over it.</source>
        <translation>Die Maske liegt außerhalb des Rahmens: den Rahmen darüber schieben.</translation>
    </message>
    <message>
        <source>A strip has 1 to {most} frames, not {count}.</source>
        <translation>Ein Streifen hat 1 bis {most} Bilder, nicht {count}.</translation>
    </message>
    <message>
        <source>Every frame of a strip is one picture.</source>
        <translation>Jedes Einzelbild eines Streifens ist ein Bild.</translation>
    </message>
    <message>
        <source>All frames of a strip are made by one model.</source>
        <translation>Alle Bilder eines Streifens macht ein Modell.</translation>
    </message>
    <message>
        <source>{first} and on to {last}</source>
        <translation>{first} und weiter bis {last}</translation>
    </message>
    <message>
        <source>There is no draw {draw} among {candidates} candidates.</source>
        <translation>Unter {candidates} Kandidaten gibt es keinen Zug {draw}.</translation>
    </message>
    <message>
        <source>The prompt contains a NUL character; remove it.</source>
        <translation>Der Prompt enthält ein NUL-Zeichen; es entfernen.</translation>
    </message>
    <message>
        <source>The prompt has {count} characters; {most} are possible.</source>
        <translation>Der Prompt hat {count} Zeichen; möglich sind {most}.</translation>
    </message>
    <message>
        <source>The prompt contains half a character (a lone surrogate).</source>
        <translation>Der Prompt enthält ein halbes Zeichen (ein einzelnes Surrogat).</translation>
    </message>
    <message>
        <source>Loading nothing</source>
        <translation>Nichts wird geladen</translation>
    </message>
    <message>
        <source>There is no device {name}; choose auto, {devices}.</source>
        <translation>Ein Gerät {name} gibt es nicht; möglich sind auto, {devices}.</translation>
    </message>
    <message>
        <source>This machine has no {name} device.</source>
        <translation>Dieser Rechner hat kein {name}-Gerät.</translation>
    </message>
    <message>
        <source>Use --device cpu.</source>
        <translation>--device cpu verwenden.</translation>
    </message>
    <message>
        <source>Loading {title}: {part}</source>
        <translation>{title} wird geladen: {part}</translation>
    </message>
    <message>
        <source>Install the model again.</source>
        <translation>Das Modell neu installieren.</translation>
    </message>
    <message>
        <source>Loading {title}: checksum</source>
        <translation>{title} wird geladen: Prüfsumme</translation>
    </message>
    <message>
        <source>What the basis is fitted on</source>
        <translation>Woraus die Basis bestimmt wird</translation>
    </message>
    <message>
        <source>The model computed values that are no numbers; the picture was not saved.</source>
        <translation>Das Modell hat Werte berechnet, die keine Zahlen sind; das Bild wurde nicht gespeichert.</translation>
    </message>
    <message>
        <source>Its weights may be damaged: t2i-studio doctor checks them.</source>
        <translation>Seine Gewichte sind vielleicht beschädigt: t2i-studio doctor prüft sie.</translation>
    </message>
    <message>
        <source>{model} cannot find the noise of a picture (x_T).</source>
        <translation>{model} kann das Rauschen eines Bildes (x_T) nicht finden.</translation>
    </message>
    <message>
        <source>{model} has no image encoder, so it cannot look at pictures.</source>
        <translation>{model} hat keinen Bild-Encoder und kann Bilder nicht ansehen.</translation>
    </message>
    <message>
        <source>Put the image encoder of its CLIP into the checkpoint&apos;s folder image_encoder.</source>
        <translation>Den Bild-Encoder seines CLIP in den Ordner image_encoder des Checkpoints legen.</translation>
    </message>
    <message>
        <source>Only the sampler {needed} goes with inverted noise and with eta, not {sampler}.</source>
        <translation>Nur der Sampler {needed} verträgt sich mit invertiertem Rauschen und mit eta, nicht {sampler}.</translation>
    </message>
    <message>
        <source>The basis</source>
        <translation>Die Basis</translation>
    </message>
    <message>
        <source>Starting the engine</source>
        <translation>Die Engine startet</translation>
    </message>
    <message>
        <source>{model} cannot do this ({kind}).</source>
        <translation>{model} kann das nicht ({kind}).</translation>
    </message>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>{model} makes {possible} pixels, not {size}.</source>
        <translation>{model} macht {possible} Pixel, nicht {size}.</translation>
    </message>
    <message>
        <source>{model} has no {kind} prior; it has: {possible}.</source>
        <translation>{model} hat keinen Prior {kind}; es hat: {possible}.</translation>
    </message>
    <message>
        <source>The prior draws 1 to {most} candidates, not {count}.</source>
        <translation>Der Prior zieht 1 bis {most} Kandidaten, nicht {count}.</translation>
    </message>
    <message>
        <source>There is no sampler {sampler} here; choose one of: {possible}.</source>
        <translation>Einen Sampler {sampler} gibt es hier nicht; möglich sind: {possible}.</translation>
    </message>
    <message>
        <source>{least} to {most}</source>
        <translation>{least} bis {most}</translation>
    </message>
    <message>
        <source>{stage}: the number of steps must be {possible}, not {steps}.</source>
        <translation>{stage}: Die Zahl der Schritte muss {possible} sein, nicht {steps}.</translation>
    </message>
    <message>
        <source>{path}: This is a folder, not a picture.</source>
        <translation>{path}: Das ist ein Ordner, kein Bild.</translation>
    </message>
    <message>
        <source>This embedding</source>
        <translation>Dieses Embedding</translation>
    </message>
    <message>
        <source>{path}: The embeddings kept here cannot be used ({reason}).</source>
        <translation>{path}: Die hier aufgehobenen Embeddings können nicht verwendet werden ({reason}).</translation>
    </message>
    <message>
        <source>Make room and allow writing there, or remove the file: it is made again.</source>
        <translation>Dort Platz schaffen und Schreiben erlauben, oder die Datei entfernen: Sie wird neu gemacht.</translation>
    </message>
    <message>
        <source>{path}: This is a basis, not embeddings.</source>
        <translation>{path}: Das ist eine Basis, keine Embeddings.</translation>
    </message>
    <message>
        <source>{path}: It does not say of which space its embeddings are.</source>
        <translation>{path}: Sie sagt nicht, aus welchem Raum ihre Embeddings sind.</translation>
    </message>
    <message>
        <source>Say which model they were made with.</source>
        <translation>Sagen, mit welchem Modell sie gemacht wurden.</translation>
    </message>
    <message>
        <source>{path}: This is not a basis that T2I Studio has saved.</source>
        <translation>{path}: Das ist keine Basis, die T2I Studio gespeichert hat.</translation>
    </message>
    <message>
        <source>{path}: It needs a tensor &quot;{name}&quot; or a single one, of floating-point numbers; it has {found}.</source>
        <translation>{path}: Sie braucht einen Tensor &quot;{name}&quot; oder einen einzigen, aus Gleitkommazahlen; sie hat {found}.</translation>
    </message>
    <message>
        <source>{path}: Embeddings are (N, D) or (D,), not {shape}.</source>
        <translation>{path}: Embeddings sind (N, D) oder (D,), nicht {shape}.</translation>
    </message>
    <message>
        <source>{path}: Its vectors have {count} dimensions, not those of {space}.</source>
        <translation>{path}: Ihre Vektoren haben {count} Dimensionen, nicht die von {space}.</translation>
    </message>
    <message>
        <source>These are too many: {shape}.</source>
        <translation>Das sind zu viele: {shape}.</translation>
    </message>
    <message>
        <source>The variances of a basis are (K,), not {shape}.</source>
        <translation>Die Varianzen einer Basis sind (K,), nicht {shape}.</translation>
    </message>
    <message>
        <source>{what} is no number.</source>
        <translation>{what} ist keine Zahl.</translation>
    </message>
    <message>
        <source>{what} is no version.</source>
        <translation>{what} ist keine Version.</translation>
    </message>
    <message>
        <source>{path}: The file has version {version}; this program reads up to {newest}.</source>
        <translation>{path}: Die Datei hat Version {version}; dieses Programm liest bis {newest}.</translation>
    </message>
    <message>
        <source>{path}: The file is damaged: it has no {part}.</source>
        <translation>{path}: Die Datei ist beschädigt: {part} fehlt.</translation>
    </message>
    <message>
        <source>{path}: Its recipes are of a newer version.</source>
        <translation>{path}: Ihre Rezepte sind von einer neueren Version.</translation>
    </message>
    <message>
        <source>{path}: Its recipes are damaged.</source>
        <translation>{path}: Ihre Rezepte sind beschädigt.</translation>
    </message>
    <message>
        <source>There are no frames to export.</source>
        <translation>Es gibt keine Bilder zu exportieren.</translation>
    </message>
    <message>
        <source>{count} frames of {size} are too large together.</source>
        <translation>{count} Bilder von {size} sind zusammen zu groß.</translation>
    </message>
    <message>
        <source>Take fewer or smaller ones.</source>
        <translation>Weniger oder kleinere nehmen.</translation>
    </message>
    <message>
        <source>A frame is shown for {lowest} to {highest} ms.</source>
        <translation>Ein Bild wird {lowest} bis {highest} ms gezeigt.</translation>
    </message>
    <message>
        <source>An animation plays 1 to {most} times, or 0: without end.</source>
        <translation>Eine Animation läuft 1- bis {most}-mal, oder 0: ohne Ende.</translation>
    </message>
    <message>
        <source>{folder}: There is something in it already.</source>
        <translation>{folder}: Es ist schon etwas darin.</translation>
    </message>
    <message>
        <source>Name a new folder.</source>
        <translation>Einen neuen Ordner nennen.</translation>
    </message>
    <message>
        <source>{path}: This is a folder or a device.</source>
        <translation>{path}: Das ist ein Ordner oder ein Gerät.</translation>
    </message>
    <message>
        <source>Name a file.</source>
        <translation>Eine Datei nennen.</translation>
    </message>
    <message>
        <source>{path}: This path cannot be used ({reason}).</source>
        <translation>{path}: Dieser Pfad kann nicht verwendet werden ({reason}).</translation>
    </message>
    <message>
        <source>A {kind} file ends at {most} px a side; this has {size}.</source>
        <translation>Eine {kind}-Datei endet bei {most} px je Seite; dies hat {size}.</translation>
    </message>
    <message>
        <source>A strip of {count} frames would have {width}x{height} pixels.</source>
        <translation>Ein Streifen von {count} Bildern hätte {width}x{height} Pixel.</translation>
    </message>
    <message>
        <source>Take fewer or smaller frames.</source>
        <translation>Weniger oder kleinere Bilder nehmen.</translation>
    </message>
    <message>
        <source>There is no room in {folder} ({reason}).</source>
        <translation>In {folder} ist kein Platz ({reason}).</translation>
    </message>
    <message>
        <source>Free some space or use another folder.</source>
        <translation>Platz schaffen oder einen anderen Ordner verwenden.</translation>
    </message>
    <message>
        <source>Cannot write into {folder} ({reason}).</source>
        <translation>In {folder} kann nicht geschrieben werden ({reason}).</translation>
    </message>
    <message>
        <source>Allow writing there or use another folder.</source>
        <translation>Dort Schreiben erlauben oder einen anderen Ordner verwenden.</translation>
    </message>
    <message>
        <source>Use PNG.</source>
        <translation>PNG verwenden.</translation>
    </message>
    <message>
        <source>{path}: This picture is not in the gallery {folder}.</source>
        <translation>{path}: Dieses Bild ist nicht in der Galerie {folder}.</translation>
    </message>
    <message>
        <source>What these embeddings came from takes too much room in one file.</source>
        <translation>Woher diese Embeddings kommen, braucht in einer Datei zu viel Platz.</translation>
    </message>
    <message>
        <source>Keep fewer in it.</source>
        <translation>Weniger darin aufheben.</translation>
    </message>
    <message>
        <source>This does not fit into {room} MiB.</source>
        <translation>Das passt nicht in {room} MiB.</translation>
    </message>
    <message>
        <source>Keep fewer of them.</source>
        <translation>Weniger davon aufheben.</translation>
    </message>
    <message>
        <source>{path}: This is not a safetensors file, or it is cut off.</source>
        <translation>{path}: Das ist keine safetensors-Datei, oder sie ist abgeschnitten.</translation>
    </message>
    <message>
        <source>{path}: This is not a safetensors file, or it is damaged.</source>
        <translation>{path}: Das ist keine safetensors-Datei, oder sie ist beschädigt.</translation>
    </message>
    <message>
        <source>{path}: This is a folder, not a file.</source>
        <translation>{path}: Das ist ein Ordner, keine Datei.</translation>
    </message>
    <message>
        <source>{path}: This is a device, not a file.</source>
        <translation>{path}: Das ist ein Gerät, keine Datei.</translation>
    </message>
    <message>
        <source>{path}: The file is larger than {room} MiB.</source>
        <translation>{path}: Die Datei ist größer als {room} MiB.</translation>
    </message>
    <message>
        <source>Both axes are {axis}: choose two different ones.</source>
        <translation>Beide Achsen sind {axis}: zwei verschiedene wählen.</translation>
    </message>
    <message>
        <source>{columns} × {rows} are {count} pictures; {most} are possible.</source>
        <translation>{columns} × {rows} sind {count} Bilder; möglich sind {most}.</translation>
    </message>
    <message>
        <source>Take fewer values.</source>
        <translation>Weniger Werte nehmen.</translation>
    </message>
    <message>
        <source>These values cannot be read ({reason}).</source>
        <translation>Diese Werte können nicht gelesen werden ({reason}).</translation>
    </message>
    <message>
        <source>There are no values: write some, with commas between them.</source>
        <translation>Es gibt keine Werte: einige schreiben, mit Kommas dazwischen.</translation>
    </message>
    <message>
        <source>{item} cannot be read.</source>
        <translation>{item} kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Write numbers like 1, 2, 4 or ranges like 1-5, 1-9 (+2), 0-1 [5].</source>
        <translation>Zahlen wie 1, 2, 4 oder Bereiche wie 1-5, 1-9 (+2), 0-1 [5] schreiben.</translation>
    </message>
    <message>
        <source>A range has 1 to {most} values.</source>
        <translation>Ein Bereich hat 1 bis {most} Werte.</translation>
    </message>
    <message>
        <source>{item} never comes to its end.</source>
        <translation>{item} kommt nie an sein Ende.</translation>
    </message>
    <message>
        <source>{value} is no whole number.</source>
        <translation>{value} ist keine ganze Zahl.</translation>
    </message>
    <message>
        <source>{count} values are too many; {most} are possible.</source>
        <translation>{count} Werte sind zu viele; möglich sind {most}.</translation>
    </message>
    <message>
        <source>There are no pictures in the grid yet.</source>
        <translation>Im Raster sind noch keine Bilder.</translation>
    </message>
    <message>
        <source>The picture is in the trash.</source>
        <translation>Das Bild liegt im Papierkorb.</translation>
    </message>
    <message>
        <source>{count} pictures are in the trash.</source>
        <translation>{count} Bilder liegen im Papierkorb.</translation>
    </message>
    <message>
        <source>{count} of {total} pictures</source>
        <translation>{count} von {total} Bildern</translation>
    </message>
    <message>
        <source>{name}, made {time}</source>
        <translation>{name}, erzeugt {time}</translation>
    </message>
    <message>
        <source>{count} cut</source>
        <translation>{count} zu viel</translation>
    </message>
    <message>
        <source>{caption}, not made yet</source>
        <translation>{caption}, noch nicht gemacht</translation>
    </message>
    <message>
        <source>{caption}
A click shows it on the canvas.</source>
        <translation>{caption}
Ein Klick zeigt es auf der Leinwand.</translation>
    </message>
    <message>
        <source>Grid of pictures</source>
        <translation>Bilderraster</translation>
    </message>
    <message>
        <source>{name} axis</source>
        <translation>Achse {name}</translation>
    </message>
    <message>
        <source>Values of the {name} axis</source>
        <translation>Werte der Achse {name}</translation>
    </message>
    <message>
        <source>Fill in all that there are</source>
        <translation>Alle eintragen, die es gibt</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nichts</translation>
    </message>
</context>
</TS>
