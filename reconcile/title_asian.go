package reconcile

// titleCJK parts Japanese, Korean and Chinese words, which are written without
// blanks, and says them in English. A word that is part of a longer one stands
// after it. "Lacking" takes away what stands before it.
var titleCJK = []struct{ from, to string }{
	// Japanese
	{"プラン", "plan"}, {"教職員", "faculty"}, {"学生", "student"}, {"政府機関", "government"}, {"非営利団体", "nonprofit"}, {"非営利", "nonprofit"},
	{"試用版", "trial"}, {"アドオン", "add-on"}, {"アドイン", "add-on"}, {"無料", "free"}, {"電話会議", "audio conferencing"}, {"電話システム", "phone system"},
	{"ユーザー単位", "per user"}, {"ユーザーごと", "per user"}, {"デバイス", "device"}, {"アーカイブ", "archiving"},
	{"データベース", "database"}, {"ストレージ", "storage"}, {"ファイル", "file"}, {"ログ", "log"}, {"容量", "capacity"}, {"追加", "additional"},
	{"非実稼働", "non production"}, {"実稼働", "production"}, {"インスタンス", "instance"}, {"環境", "environment"}, {"限定オファー", "qualified offer"},
	{"エンタープライズ", "enterprise"}, {"大企業", "enterprise"}, {"ビジネス", "business"}, {"アプリ", "apps"},
	{"年間契約", "annual"}, {"月間契約", "monthly"}, {"年額", "annual"}, {"月額", "monthly"}, {"年間", "annual"}, {"サブスクリプション", "subscription"},
	{"月払い", "monthly"}, {"年払い", "annual"}, {"月単位", "monthly"}, {"年単位", "annual"},
	{"通信クレジット", "communications credits"}, {"国内通話", "domestic calling"}, {"分", "min"},
	{"なし", "lacking"}, {"を除く", "lacking"}, {"一般法人", "corporate"}, {"向け", " "}, {"用", " "}, {"付き", "included"}, {"の", " "}, {"と", " "},
	// Chinese, simplified and traditional
	{"商业基础版", "business basic"}, {"商业标准版", "business standard"}, {"商业高级版", "business premium"}, {"商业应用版", "apps business"},
	{"商務基本版", "business basic"}, {"商務標準版", "business standard"}, {"商務進階版", "business premium"}, {"商用", "business"},
	{"企业应用版", "apps enterprise"}, {"企業應用版", "apps enterprise"}, {"企业版", "enterprise"}, {"企業版", "enterprise"},
	{"教职员工", "faculty"}, {"教職員工", "faculty"}, {"教师", "faculty"}, {"教師", "faculty"}, {"學生", "student"},
	{"计划", "plan"}, {"計劃", "plan"}, {"計畫", "plan"}, {"方案", "plan"}, {"免费", "free"}, {"免費", "free"}, {"试用版", "trial"}, {"試用", "trial"},
	{"不包含", "without"}, {"不包括", "without"}, {"不含", "without"}, {"音频会议", "audio conferencing"}, {"音訊會議", "audio conferencing"},
	{"电话系统", "phone system"}, {"電話系統", "phone system"}, {"附加产品", "add-on"}, {"附加元件", "add-on"}, {"加载项", "add-on"},
	{"按年", "annual"}, {"按月", "monthly"}, {"年度", "annual"}, {"订阅", "subscription"}, {"訂閱", "subscription"}, {"版", " "}, {"适用于", " "}, {"適用於", " "},
	// Korean
	{"플랜", "plan"}, {"요금제", "plan"}, {"무료", "free"}, {"평가판", "trial"}, {"추가 기능", "add-on"}, {"오디오 회의", "audio conferencing"}, {"전화 시스템", "phone system"},
	{"비즈니스용", "company"}, {"교직원용", "faculty"}, {"학생용", "student"}, {"정부 기관용", "government"}, {"제외", "lacking"}, {"미포함", "lacking"}, {"없음", "lacking"},
	{"연간", "annual"}, {"월간", "monthly"}, {"구독", "subscription"},
}
