#include "evaluate/language/language.h"

#include <gtest/gtest.h>

namespace plimsoll::evaluate {
namespace {

// One ordinary sentence a language, written for this test.
TEST(Language, is_told_from_one_sentence) {
    const std::pair<const char*, const char*> sentences[] = {
        {"en", "The package will arrive at your house on Monday, if the weather is good."},
        {"de", "Das Paket wird am Montag bei Ihnen sein, wenn das Wetter gut ist."},
        {"fr", "Le colis arrivera chez vous lundi, si le temps est beau dans la région."},
        {"es", "El paquete llegará a su casa el lunes, si el tiempo es bueno en la región."},
        {"it", "Il pacco arriverà a casa sua lunedì, se il tempo è bello nella regione."},
        {"pt", "O pacote vai chegar à sua casa na segunda-feira, se o tempo não estiver mau."},
        {"nl", "Het pakket komt maandag bij u aan, als het weer goed is in de regio."},
        {"sv", "Paketet kommer till dig på måndag om vädret är bra och vägen inte är stängd."},
        {"pl", "Paczka przyjdzie do państwa w poniedziałek, jeśli pogoda będzie dobra."},
        {"cs", "Balík k vám přijde v pondělí, pokud bude dobré počasí, ale může to být později."},
        {"tr", "Paket pazartesi günü size ulaşacak, ancak bu hava için daha iyi bir gün olabilir."},
        {"fi", "Paketti tulee teille maanantaina, jos sää on hyvä, mutta se voi myös myöhästyä."},
        {"vi", "Gói hàng sẽ đến nhà của bạn vào thứ hai nếu thời tiết tốt."},
        {"ru", "Посылка придёт к вам в понедельник, если погода будет хорошей."},
        {"uk", "Посилка прийде до вас у понеділок, якщо погода буде гарною."},
        {"ar", "ستصل الحزمة إلى منزلك يوم الاثنين إذا كان الطقس جيدا في المنطقة."},
        {"el", "Το πακέτο θα φτάσει τη Δευτέρα."},
        {"he", "החבילה תגיע ביום שני."},
        {"th", "พัสดุจะมาถึงวันจันทร์"},
        {"hi", "पैकेज सोमवार को आएगा।"},
        {"ko", "소포는 월요일에 도착합니다."},
        {"ja", "荷物は月曜日に届きます。"},
        {"zh", "包裹将于星期一送达。"},
    };
    for (const auto& [code, sentence] : sentences) {
        EXPECT_EQ(language_of_text(sentence), code) << sentence;
    }
}

TEST(Language, of_little_or_of_code_is_not_told) {
    EXPECT_EQ(language_of_text(""), "");
    EXPECT_EQ(language_of_text("OK, 42."), "");
    EXPECT_EQ(language_of_text("```\nthe of and to in is that\n```"), "");
    EXPECT_EQ(language_of_text("Lorem ipsum dolor sit amet"), "");
}

TEST(Language, kin_are_one_and_names_are_read) {
    EXPECT_TRUE(same_language("da", "no"));
    EXPECT_FALSE(same_language("da", "sv"));
    EXPECT_EQ(named_language("Say it in french"), "fr");
    EXPECT_EQ(named_language("Bitte auf Deutsch"), "de");
    EXPECT_EQ(named_language("Where is my order?"), "");
    EXPECT_EQ(name_of_language("ja"), "Japanese");
    EXPECT_EQ(name_of_language("xx"), "");
}

}  // namespace
}  // namespace plimsoll::evaluate
