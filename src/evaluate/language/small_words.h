/// small_words.h: the words that tell languages of one script apart. One line a language.
///
/// Written down from general knowledge of the languages, folded as fold.h does. Words that several
/// languages share count for each of them, but less.
#pragma once

#include <string_view>

namespace plimsoll::evaluate {

enum class Script { latin, cyrillic, arabic };

struct LanguageWords {
    std::string_view code;  ///< ISO 639-1.
    std::string_view name;  ///< In English.
    std::string_view own_name;
    Script script;
    std::string_view words;    ///< Parted by spaces.
    std::string_view letters;  ///< That few others have.
};

inline constexpr LanguageWords small_words[] = {
    {"en", "English", "english", Script::latin,
     "the of and to in is that it for was with as on be at by this are from or an not you your can "
     "have has which will if but they their there what when how we would should been were more "
     "its about into than other some these may",
     ""},
    {"de", "German", "deutsch", Script::latin,
     "der die das und ist nicht ein eine einen einem einer zu den dem des mit sich auf für von im "
     "in es sie ich wir werden wird sind auch als an bei nach oder kann können wie aus dass wenn "
     "nur noch über um zum zur hat haben sein ihr ihre diese dieser dieses",
     "ßäöü"},
    {"fr", "French", "français", Script::latin,
     "le la les de des du un une et est à en que qui dans pour pas sur avec ce cette ces il elle "
     "ne se sont au aux par plus ou vous nous être peut comme mais son sa ses leur leurs si "
     "également votre vos été",
     "çèêîôœ"},
    {"es", "Spanish", "español", Script::latin,
     "el la los las de del un una y es en que no se por con para al lo como más su sus o pero este "
     "esta estos son fue ser si también puede hay muy cuando sobre entre ya qué usted según cada",
     "ñ¿¡"},
    {"it", "Italian", "italiano", Script::latin,
     "il lo la i gli le di del della dei delle un una e è in che non per con si sono da al alla "
     "nel "
     "nella come più o ma questo questa essere può anche se su dal dalla viene ha hanno suo sua "
     "quando ogni dell'",
     "ìò"},
    {"pt", "Portuguese", "português", Script::latin,
     "o a os as de do da dos das um uma e é em no na nos nas que não se por para com mais ao como "
     "mas foi ser são seu sua ou pode também você este esta isso está tem quando já pelo pela até",
     "ãõ"},
    {"nl", "Dutch", "nederlands", Script::latin,
     "de het een en van is in dat op te zijn voor met niet die aan er om als ook bij maar of uit "
     "naar worden wordt kan deze dit je u we door over tot heeft hebben nog meer geen wat hun",
     "ĳ"},
    {"sv", "Swedish", "svenska", Script::latin,
     "och att det som en är på för av med den till inte om ett har de i kan från var så eller men "
     "sig när också du vi denna detta ska skall än efter vid alla utan mycket använd används",
     "å"},
    {"da", "Danish", "dansk", Script::latin,
     "og at det som en er på for af med den til ikke om et har de i kan fra var så eller men sig "
     "når også du vi denne dette skal end efter ved alle uden meget jeg bliver være hvis hvor",
     "øæ"},
    {"no", "Norwegian", "norsk", Script::latin,
     "og at det som en er på for av med den til ikke om et har de i kan fra var så eller men seg "
     "når også du vi denne dette skal enn etter ved alle uten mye jeg blir være hvis hvor noen",
     "øæ"},
    {"fi", "Finnish", "suomi", Script::latin,
     "ja on ei että se oli kun niin tai mutta myös ovat kuin hän ole sen joka voi tämä jos vain "
     "olla jotka sekä voidaan mukaan kanssa mitä tämän tässä siitä minä sinä",
     ""},
    {"pl", "Polish", "polski", Script::latin,
     "i w na z się nie do to że jest o jak od za po co tak przez dla są być oraz lub może tego "
     "który która które tylko ale czy już jego ich gdy jeśli przy można bez ten ta",
     "łąęśćżźń"},
    {"cs", "Czech", "čeština", Script::latin,
     "a se v na je že to s z do o i k jako pro by ve si jsou nebo ale tak za které který která po "
     "od být jeho při bude může však podle pokud také byl jen není než tento",
     "řěůť"},
    {"sl", "Slovenian", "slovenščina", Script::latin,
     "in je v na da se za so pa ki z ne s kot tudi bi ali po od iz do če pri lahko ter sta biti "
     "bil bila samo tega kako ko več še med",
     ""},
    {"hr", "Croatian", "hrvatski", Script::latin,
     "i je u na se da za su od s kao koji koja koje ne o iz biti ili ako može što nije bio po te "
     "do sa ali samo te kada prema također ovaj ova ovo",
     "đ"},
    {"ro", "Romanian", "română", Script::latin,
     "și şi în de la a care cu o pe nu este un că din pentru sunt mai fi o se sau dar ca prin al "
     "ale după poate acest această când fost dacă fără fiecare către lui",
     "ășțşţ"},
    {"hu", "Hungarian", "magyar", Script::latin,
     "a az és hogy nem is egy ez van meg de ha csak vagy mint volt már ki azt el kell lehet minden "
     "amely által után még ezt lesz illetve pedig között majd nincs",
     "őű"},
    {"tr", "Turkish", "türkçe", Script::latin,
     "ve bir bu için ile de da olarak olan daha en çok gibi ne var ya veya değil kadar sonra her "
     "ise ki olduğu tarafından ancak bunu şey eğer yok hem olur",
     "ığş"},
    {"id", "Indonesian", "indonesia", Script::latin,
     "yang dan di ini itu dengan untuk dari dalam tidak pada adalah ke akan dapat oleh atau juga "
     "ada sebagai jika lebih telah bisa saya anda seperti karena harus tersebut digunakan",
     ""},
    {"vi", "Vietnamese", "tiếng việt", Script::latin,
     "và của là có được trong cho không một các những với này để người khi đã từ đó như về ra vào "
     "đến cũng bạn nếu hoặc",
     "ơưđạảấầẩậắằặẹẻếềểệỉịọỏốồổộớờởợụủứừửựỳỷỹ"},
    {"ru", "Russian", "русский", Script::cyrillic,
     "и в не на что с по это как для из от но к то он она они мы вы при или если может так также "
     "его их все быть был только уже когда чтобы есть за до под",
     "ыэё"},
    {"uk", "Ukrainian", "українська", Script::cyrillic,
     "і в не на що з по це як для із від але до та він вона вони ми ви при або якщо може так також "
     "його їх все бути був тільки вже коли щоб є за під у й",
     "іїєґ"},
    {"bg", "Bulgarian", "български", Script::cyrillic,
     "и в не на че с по това как за от но към то той тя те ние вие при или ако може така също "
     "неговото всички да се са е бъде беше само вече когато",
     "ъ"},
    {"sr", "Serbian", "српски", Script::cyrillic,
     "и у не на да с по то како за од али је су се он она они ми ви при или ако може тако такође "
     "његов све бити био само већ када који која које из са",
     "ђјљњћџ"},
    {"ar", "Arabic", "العربية", Script::arabic,
     "في من على أن إلى هذا هذه التي الذي عن مع لا ما كان هو هي أو كل بعد قد ذلك عند إذا كما ثم",
     "ةأإىئؤ"},
    {"fa", "Persian", "فارسی", Script::arabic,
     "و در به از که این را با است برای آن یک می های خود تا بر هم شده شود اگر یا کند نیز باید",
     "پچژگکی"},
    {"ur", "Urdu", "اردو", Script::arabic,
     "کے میں کی ہے اور سے کا کو اس پر نے یہ ہیں کہ ایک بھی تو جو وہ نہیں کر تھا گیا ہو", "ےٹڈڑہھں"},
};

}  // namespace plimsoll::evaluate
